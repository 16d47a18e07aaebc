package dev.heaplight.bench.workload;

import java.util.Random;

/** Text of words whose frequencies fall as in a natural language; the same for the same seed. */
final class SyntheticText {
  private static final int WORDS = 8_000;
  private static final String CONSONANTS = "bcdfghklmnprstvz";
  private static final String VOWELS = "aeiou";

  private final Random random;

  SyntheticText(long seed) {
    random = new Random(seed);
  }

  /** A word; low numbers are the frequent ones. */
  static String word(int number) {
    StringBuilder word = new StringBuilder();
    int rest = number + 1;
    do {
      word.append(CONSONANTS.charAt(rest % CONSONANTS.length()));
      rest /= CONSONANTS.length();
      word.append(VOWELS.charAt(rest % VOWELS.length()));
      rest /= VOWELS.length();
    } while (rest > 0);
    return word.toString();
  }

  /** A word by its frequency. */
  String word() {
    return word((int) (Math.exp(random.nextDouble() * Math.log(WORDS)) - 1));
  }

  /** A text of {@code words} words. */
  String text(int words) {
    StringBuilder text = new StringBuilder(words * 6);
    for (int i = 0; i < words; i++) {
      text.append(word()).append(i % 12 == 11 ? ". " : " ");
    }
    return text.toString();
  }
}
