package dev.heaplight.server.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is wrong with a request that never reached a handler, in one line and no more. */
public final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Answer.secure(response);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    int status = response.getStatus();
    Answer.text(response, callback, status, String.valueOf(HttpStatus.getMessage(status)));
    return true;
  }
}
