package dev.heaplight.server.http;

import org.eclipse.jetty.http.HttpStatus;

/** A request that cannot be answered as it was asked; its message is told to the client. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** With what is wrong with the request, in one line. */
  public BadRequestException(String message) {
    this(HttpStatus.BAD_REQUEST_400, message);
  }

  private BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What was asked for does not exist, which {@code message} says in one line. */
  public static BadRequestException notThere(String message) {
    return new BadRequestException(HttpStatus.NOT_FOUND_404, message);
  }

  /** The status to answer with. */
  int status() {
    return status;
  }
}
