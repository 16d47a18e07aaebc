package dev.heaplight.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the attach command asks of a running JVM, as the options of a dynamically loaded agent:
 * {@code verb=attach,request=ID,duration=10s} in any order, all of them optional, and further
 * options as behind {@code -javaagent}.
 *
 * @param verb what is asked
 * @param id by which the answer is found; empty when nobody waits for one
 * @param durationMillis after which the recording ends by itself; 0 for never
 * @param agentOptions the further options, with commas between them
 */
record AttachRequest(Verb verb, String id, long durationMillis, String agentOptions) {
  /** What is asked. */
  enum Verb {
    ATTACH,
    DETACH,
    MODE
  }

  /**
   * The further options for an agent that starts now. Who attaches wants one recording, and those
   * of a runtime's tasks and actors only where that is said.
   */
  String optionsOfNewAgent() {
    for (String option : agentOptions.split(",", -1)) {
      if (option.startsWith("auto=")) {
        return agentOptions;
      }
    }
    return agentOptions.isEmpty() ? "auto=off" : agentOptions + ",auto=off";
  }

  /**
   * Takes the options apart.
   *
   * @throws IllegalArgumentException with a one-line message if an option is malformed
   */
  static AttachRequest parse(@Nullable String text) {
    Verb verb = Verb.ATTACH;
    String id = "";
    long durationMillis = 0;
    List<String> others = new ArrayList<>();
    for (String option : text == null ? new String[0] : text.strip().split(",", -1)) {
      if (option.startsWith("verb=")) {
        verb = verb(option);
      } else if (option.startsWith("request=")) {
        id = valueOf(option);
      } else if (option.startsWith("duration=")) {
        durationMillis = OptionValues.millis("duration", valueOf(option));
      } else if (!option.isEmpty()) {
        others.add(option);
      }
    }
    return new AttachRequest(verb, id, durationMillis, String.join(",", others));
  }

  private static Verb verb(String option) {
    return switch (valueOf(option)) {
      case "attach" -> Verb.ATTACH;
      case "detach" -> Verb.DETACH;
      case "mode" -> Verb.MODE;
      default ->
          throw OptionValues.wrong(
              "malformed option", option, "verb=attach, verb=detach or verb=mode");
    };
  }

  private static String valueOf(String option) {
    return option.substring(option.indexOf('=') + 1);
  }
}
