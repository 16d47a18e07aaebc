package dev.heaplight.cli;

/** Something the user can put right; shown as one line. */
final class UserError extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * An error that reads {@code what: why; remedy}.
   *
   * @param what what could not be done
   * @param why why not
   * @param remedy what to do about it
   */
  UserError(String what, String why, String remedy) {
    super(what + ": " + why + "; " + remedy);
  }

  UserError(String what, String why, String remedy, Throwable cause) {
    this(what, why, remedy);
    initCause(cause);
  }
}
