package dev.heaplight.monitor.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * In which order candidates are to go. Whatever the policy, those of a lower priority go before all
 * others.
 */
public enum KillPolicy {
  /**
   * The largest first. Candidates within a tenth of the largest count as equally large: of them the
   * retriable go first, then the newest. The default: who uses the memory gives it back, and a
   * small new task does not pay for an old hog.
   */
  LARGEST("largest") {
    @Override
    List<Ranked> order(List<Candidate> candidates) {
      long alike = candidates.stream().mapToLong(Candidate::bytes).max().orElse(0) / 10 * 9;
      return ranked(
          candidates,
          Comparator.comparing((Candidate candidate) -> candidate.bytes() < alike)
              .thenComparing(
                  (left, right) ->
                      left.bytes() < alike
                          ? Long.compare(right.bytes(), left.bytes())
                          : RETRIABLE_NEWEST.compare(left, right)),
          candidate ->
              candidate.bytes() >= alike
                  ? "among the largest (within 10 %), " + retriableText(candidate)
                  : "smaller");
    }
  },

  /** The retriable first, of them the newest; then the others, the newest first. */
  RETRIABLE_LIFO("retriable-lifo") {
    @Override
    List<Ranked> order(List<Candidate> candidates) {
      return ranked(candidates, RETRIABLE_NEWEST, KillPolicy::retriableText);
    }
  },

  /**
   * Groups of one owner, retriable ones before others and larger ones before smaller; of a group
   * the newest first, so that each owner keeps some of its work going.
   */
  GROUP_BY_OWNER("group-by-owner") {
    @Override
    List<Ranked> order(List<Candidate> candidates) {
      Map<String, Long> sizes =
          candidates.stream()
              .collect(Collectors.groupingBy(KillPolicy::group, Collectors.counting()));
      return ranked(
          candidates,
          Comparator.comparing((Candidate candidate) -> !candidate.task().retriable())
              .thenComparing(
                  candidate -> sizes.getOrDefault(group(candidate), 0L), Comparator.reverseOrder())
              .thenComparing(KillPolicy::group)
              .thenComparing(NEWEST),
          candidate -> {
            long size = sizes.getOrDefault(group(candidate), 0L);
            return (candidate.task().owner().isEmpty()
                    ? "of no owner"
                    : "of owner " + candidate.task().owner())
                + ", a group of "
                + size
                + ", "
                + retriableText(candidate)
                + (size == 1 ? ", the last of its group: better not retried" : "");
          });
    }
  },

  /** Idle workers first, then the newest. */
  BY_TIME("by-time") {
    @Override
    List<Ranked> order(List<Candidate> candidates) {
      return ranked(
          candidates,
          Comparator.comparing((Candidate candidate) -> !candidate.isIdle()).thenComparing(NEWEST),
          candidate -> candidate.isIdle() ? "an idle worker" : "newest first");
    }
  },

  /** Those furthest beyond what they said they need, then as {@link #LARGEST}. */
  OVER_DECLARED("over-declared") {
    @Override
    List<Ranked> order(List<Candidate> candidates) {
      List<Ranked> order =
          ranked(
              candidates.stream().filter(candidate -> candidate.bytesOverDeclared() > 0).toList(),
              Comparator.comparingLong(Candidate::bytesOverDeclared).reversed(),
              candidate -> candidate.bytesOverDeclared() + " bytes more than it declared");
      order.addAll(
          LARGEST.order(
              candidates.stream()
                  .filter(candidate -> candidate.bytesOverDeclared() == 0)
                  .toList()));
      return order;
    }
  };

  private static final Comparator<Candidate> NEWEST =
      Comparator.comparingLong((Candidate candidate) -> candidate.task().openedMillis())
          .reversed()
          .thenComparing(candidate -> candidate.worker().pid(), Comparator.reverseOrder());

  private static final Comparator<Candidate> RETRIABLE_NEWEST =
      Comparator.comparing((Candidate candidate) -> !candidate.task().retriable())
          .thenComparing(NEWEST);

  private final String text;

  KillPolicy(String text) {
    this.text = text;
  }

  /** Orders candidates of one priority. */
  abstract List<Ranked> order(List<Candidate> candidates);

  /** Puts candidates in order, the first to go first; the list is the caller's. */
  public List<Ranked> rank(List<Candidate> candidates) {
    List<Ranked> all = new ArrayList<>();
    candidates.stream()
        .collect(Collectors.groupingBy(candidate -> candidate.task().priority()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(priority -> all.addAll(order(priority.getValue())));
    boolean prioritised =
        candidates.stream().map(candidate -> candidate.task().priority()).distinct().count() > 1;
    return prioritised
        ? all.stream()
            .map(
                ranked ->
                    new Ranked(
                        ranked.candidate(),
                        "priority " + ranked.candidate().task().priority() + ", " + ranked.why()))
            .collect(Collectors.toCollection(ArrayList::new))
        : all;
  }

  /** As options and reports name it. */
  public String text() {
    return text;
  }

  /**
   * The policy of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static KillPolicy of(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.text.equals(text))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown policy: actual="
                        + text
                        + ", expected="
                        + Arrays.stream(values())
                            .map(KillPolicy::text)
                            .collect(Collectors.joining(", "))));
  }

  private static String group(Candidate candidate) {
    return candidate.task().retriable() + candidate.task().owner();
  }

  private static String retriableText(Candidate candidate) {
    return (candidate.task().retriable() ? "retriable" : "not retriable") + ", newest first";
  }

  private static List<Ranked> ranked(
      List<Candidate> candidates,
      Comparator<Candidate> order,
      java.util.function.Function<Candidate, String> why) {
    return candidates.stream()
        .sorted(order)
        .map(candidate -> new Ranked(candidate, why.apply(candidate)))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
