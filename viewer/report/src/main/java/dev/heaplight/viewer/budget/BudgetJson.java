package dev.heaplight.viewer.budget;

import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Verdicts on budgets as one JSON object; docs/CLI.md lists its keys. */
public final class BudgetJson {
  private BudgetJson() {}

  /**
   * Writes the object and a line feed.
   *
   * @param ok whether all is well, as the exit code says
   * @param checked how many recordings were checked
   * @param unreadable why files could not be read, by their path
   */
  public static void write(
      boolean ok,
      List<Budget> budgets,
      int checked,
      List<Verdict> verdicts,
      Map<String, String> unreadable,
      Appendable out)
      throws IOException {
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("ok").value((Object) ok);
    json.name("recordings").value(checked);
    json.name("budgets").open('[');
    for (Budget budget : budgets) {
      json.open('{');
      json.name("metric").value(budget.metric().key());
      json.name("limitBytes").value(budget.limitBytes());
      json.close('}');
    }
    json.close(']');
    json.name("violations").open('[');
    for (Verdict verdict : verdicts) {
      if (verdict.outcome() == Verdict.Outcome.EXCEEDED) {
        exceeded(json, verdict);
      }
    }
    json.close(']');
    json.name("unknown").open('[');
    for (Verdict verdict : verdicts) {
      if (verdict.outcome() == Verdict.Outcome.UNKNOWN) {
        unknown(json, verdict);
      }
    }
    json.close(']');
    long bounds = verdicts.stream().filter(BudgetJson::isKeptByABound).count();
    json.name("keptByUpperBound").value(bounds);
    json.name("unreadable").open('[');
    for (Map.Entry<String, String> file : unreadable.entrySet()) {
      json.open('{').name("file").value(file.getKey());
      json.name("error").value(file.getValue()).close('}');
    }
    json.close(']');
    json.close('}');
    out.append('\n');
  }

  private static boolean isKeptByABound(Verdict verdict) {
    return verdict.outcome() == Verdict.Outcome.KEPT && verdict.grounds().isUpperBound();
  }

  private static void subject(JsonWriter json, Verdict verdict) throws IOException {
    json.name("file").value(verdict.file().toString());
    json.name("recordings").value(verdict.recordings());
    json.name("name").value(verdict.header().name());
    json.name("id").value(verdict.header().id());
    json.name("metric").value(verdict.budget().metric().key());
    json.name("bytes").value(verdict.grounds().hasFigure() ? (Object) verdict.bytes() : null);
    json.name("limitBytes").value(verdict.budget().limitBytes());
  }

  private static void unknown(JsonWriter json, Verdict verdict) throws IOException {
    json.open('{');
    subject(json, verdict);
    json.name("why").value(BudgetText.why(verdict));
    json.close('}');
  }

  private static void exceeded(JsonWriter json, Verdict verdict) throws IOException {
    json.open('{');
    subject(json, verdict);
    json.name("stacks").open('[');
    for (Culprit culprit : verdict.culprits()) {
      json.open('{');
      json.name("class").value(culprit.className());
      json.name("bytes").value(culprit.bytes());
      json.name("share").value((Object) culprit.share());
      json.name("frames").open('[');
      for (String line : culprit.frames()) {
        json.value(line);
      }
      json.close(']');
      json.close('}');
    }
    json.close(']');
    json.close('}');
  }
}
