package dev.heaplight.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** The parameters of a request. */
public final class Query {
  private final Fields fields;

  private Query(Fields fields) {
    this.fields = fields;
  }

  /**
   * Those of {@code request}.
   *
   * @throws BadRequestException if they are not encoded as parameters are
   */
  public static Query of(Request request) {
    try {
      return new Query(Request.extractQueryParameters(request));
    } catch (RuntimeException e) {
      throw new BadRequestException("the query is not encoded as UTF-8");
    }
  }

  /** A parameter, or an empty string. */
  public String text(String name) {
    String value = fields.getValue(name);
    return value == null ? "" : value;
  }

  /**
   * A whole number of {@code least} to {@code most}.
   *
   * @param absent what holds where it is not given
   * @throws BadRequestException if it is given and is none
   */
  public int number(String name, int absent, int least, int most) {
    String value = text(name);
    try {
      int number = value.isEmpty() ? absent : Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, least, most);
    }
    throw wrong(name, least, most);
  }

  private static BadRequestException wrong(String name, int least, int most) {
    return new BadRequestException(
        "parameter " + name + ": expected=a whole number of " + least + " to " + most);
  }
}
