package dev.heaplight.server;

/** A server that cannot be started, in three parts: what, why, and what to do. */
public final class ServeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String why;
  private final String remedy;

  /** An error that reads {@code what: why; remedy}. */
  public ServeException(String what, String why, String remedy) {
    super(what + ": " + why + "; " + remedy);
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }

  /** What could not be done. */
  public String what() {
    return what;
  }

  /** Why not. */
  public String why() {
    return why;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
