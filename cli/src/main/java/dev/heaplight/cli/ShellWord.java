package dev.heaplight.cli;

/** A text as one word of a shell's command line. */
final class ShellWord {
  private ShellWord() {}

  /** {@code text} as it is, or in quotes if the shell would read it otherwise. */
  static String of(String text) {
    return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
