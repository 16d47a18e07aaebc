package dev.heaplight.cli;

import dev.heaplight.viewer.budget.Budget;
import dev.heaplight.viewer.budget.BudgetJson;
import dev.heaplight.viewer.budget.BudgetText;
import dev.heaplight.viewer.budget.Grounds;
import dev.heaplight.viewer.budget.Verdict;
import dev.heaplight.viewer.model.ModelJoiner;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds recordings against a budget. */
@Command(
    name = "check",
    description = {
      "Fails with exit code 3 when a recording exceeds a budget, and prints the stacks that do.",
      "Each recording must keep each budget; with --sum, all of them together."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
  /** Exit code when a budget is exceeded. */
  static final int EXCEEDED = 3;

  @Spec private CommandSpec spec;
  @Mixin private RecordingInputs inputs;
  @Mixin private BudgetOptions options;
  @Mixin private SelectionOptions selection;

  @Option(names = "--sum", description = "Add all recordings up first.")
  private boolean sum;

  @Option(
      names = "--allow-unknown",
      description = "Let a recording pass that does not tell whether it keeps a budget.")
  private boolean allowUnknown;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  private final List<Verdict> verdicts = new ArrayList<>();
  private final Map<String, String> unreadable = new LinkedHashMap<>();
  private int checked;

  @Override
  public Integer call() throws UserError, IOException {
    List<Budget> budgets = options.budgets();
    if (budgets.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing budget: give --max-allocated, --max-peak, --max-surviving or another --max-...");
    }
    PrintWriter err = spec.commandLine().getErr();
    checkAll(budgets, err);
    int exitCode = exitCode();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      boolean ok = exitCode == ExitCode.OK;
      BudgetJson.write(ok, budgets, checked, verdicts, unreadable, out);
    } else {
      for (Verdict verdict : verdicts) {
        if (verdict.outcome() == Verdict.Outcome.EXCEEDED) {
          BudgetText.exceeded(verdict, out);
        }
      }
    }
    verdicts.stream()
        .filter(verdict -> verdict.outcome() == Verdict.Outcome.UNKNOWN)
        .forEach(verdict -> unknown(verdict, err));
    if (!json && exitCode == ExitCode.OK) {
      ok(out);
    }
    return exitCode;
  }

  private void checkAll(List<Budget> budgets, PrintWriter err) throws UserError {
    ModelJoiner joiner = new ModelJoiner();
    checked =
        inputs.forEach(
            selection.window(),
            err,
            model -> {
              if (sum) {
                // A sum without this one's part would be no bound for anything.
                keep(unknownIn(model, budgets));
                joiner.add(model);
              } else {
                keep(verdicts(model, budgets));
              }
            },
            (file, named, error) -> {
              unreadable.put(file.toString(), String.valueOf(error.getMessage()));
              ErrorLine.failure(error, false, err);
            });
    if (checked == 0 && unreadable.isEmpty()) {
      throw inputs.nothingReadable();
    }
    if (sum && checked > 0) {
      keep(verdicts(joiner.model(inputs.place()), budgets));
    }
  }

  /** Verdicts without news are not kept: there may be very many. */
  private void keep(List<Verdict> found) {
    for (Verdict verdict : found) {
      if (verdict.outcome() != Verdict.Outcome.KEPT || verdict.grounds().isUpperBound()) {
        verdicts.add(verdict);
      }
    }
  }

  private List<Verdict> verdicts(RecordingModel model, List<Budget> budgets) {
    return budgets.stream().map(budget -> budget.check(model, selection.selection())).toList();
  }

  private List<Verdict> unknownIn(RecordingModel model, List<Budget> budgets) {
    return verdicts(model, budgets).stream()
        .filter(verdict -> !verdict.grounds().hasFigure())
        .toList();
  }

  private int exitCode() {
    if (has(Verdict.Outcome.EXCEEDED)) {
      return EXCEEDED;
    }
    return !unreadable.isEmpty() || (has(Verdict.Outcome.UNKNOWN) && !allowUnknown)
        ? ExitCode.SOFTWARE
        : ExitCode.OK;
  }

  private boolean has(Verdict.Outcome outcome) {
    return verdicts.stream().anyMatch(verdict -> verdict.outcome() == outcome);
  }

  private void unknown(Verdict verdict, PrintWriter err) {
    String what =
        "cannot show that "
            + BudgetText.what(verdict)
            + " keeps --max-"
            + verdict.budget().metric().key()
            + " "
            + Figures.bytes(verdict.budget().limitBytes());
    if (allowUnknown) {
      err.println("note: " + PlainText.oneLine(what + ": " + BudgetText.why(verdict)));
    } else {
      UserError error =
          new UserError(
              what,
              BudgetText.why(verdict),
              BudgetText.remedy(verdict) + ", or pass --allow-unknown");
      ErrorLine.failure(error, false, err);
    }
  }

  private void ok(PrintWriter out) {
    out.print("ok: " + checked + (checked == 1 ? " recording" : " recordings"));
    out.println(sum ? " within budget together" : " within budget");
    for (Budget budget : options.budgets()) {
      for (Grounds grounds : Grounds.values()) {
        long kept =
            verdicts.stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.KEPT)
                .filter(verdict -> verdict.budget().equals(budget) && verdict.grounds() == grounds)
                .count();
        if (kept > 0) {
          out.println(BudgetText.keptByUpperBound(budget, grounds, kept));
        }
      }
    }
  }
}
