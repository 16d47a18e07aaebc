package dev.heaplight.server.http;

/** A request that asks for nothing there is; its message is told to the client. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, in one line. */
  public BadRequestException(String message) {
    super(message);
  }
}
