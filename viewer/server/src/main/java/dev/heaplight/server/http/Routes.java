package dev.heaplight.server.http;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds who answers a path. A path is only ever looked up here, never made into a file's. */
public final class Routes extends Handler.Abstract {
  private final Map<String, Route> exact = new TreeMap<>();
  private final Map<String, Route> below = new TreeMap<>();
  private final Consumer<String> trouble;

  /** No routes yet; {@code trouble} is told of what should not have happened. */
  public Routes(Consumer<String> trouble) {
    this.trouble = trouble;
  }

  /** Has {@code route} answer a path, or all paths below one that ends in a slash. */
  public Routes add(String path, Route route) {
    (path.length() > 1 && path.endsWith("/") ? below : exact).put(path, route);
    return this;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    try {
      find(path).answer(request, response, callback);
    } catch (BadRequestException e) {
      fail(response, callback, e.status(), String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      fail(response, callback, HttpStatus.NOT_FOUND_404, "the file is gone");
    } catch (IOException e) {
      fail(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      trouble.accept("request failed: path=" + path + ", " + e);
      fail(response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, "this should not happen");
    }
    return true;
  }

  private Route find(String path) {
    Route route = exact.get(path);
    if (route != null) {
      return route;
    }
    for (Map.Entry<String, Route> each : below.entrySet()) {
      if (path.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    throw BadRequestException.notThere("there is nothing here");
  }

  private static void fail(Response response, Callback callback, int status, String why) {
    if (response.isCommitted()) {
      callback.failed(new IOException(why)); // the client sees that the answer is cut short
      return;
    }
    response.reset();
    Answer.secure(response);
    Answer.json(response, callback, status, Map.of("error", why));
  }
}
