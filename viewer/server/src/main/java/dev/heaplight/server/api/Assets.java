package dev.heaplight.server.api;

import dev.heaplight.server.http.Answer;
import dev.heaplight.server.http.BadRequestException;
import dev.heaplight.server.http.Route;
import dev.heaplight.viewer.flamegraph.FlameGraphPage;
import dev.heaplight.viewer.page.PageTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The page's own files: those listed here and no others, read once. */
public final class Assets implements Route {
  private static final String OWN = "/dev/heaplight/server/page/";
  private static final List<String> FILES =
      List.of(
          "page.css",
          "live.js",
          "format.js",
          "table.js",
          "plot.js",
          "overview.js",
          "memory.js",
          "events.js",
          "tasks.js",
          "logs.js",
          "graph.js",
          "app.js");

  private final Map<String, byte[]> assets = new HashMap<>();

  /**
   * Reads them all.
   *
   * @throws IOException if one cannot be read
   */
  public Assets() throws IOException {
    add("/", Assets.class, OWN + "index.html");
    for (String file : FILES) {
      add("/page/" + file, Assets.class, OWN + file);
    }
    // What other reports look like, and their plot.
    add("/page/base.css", PageTemplate.class, "base.css");
    add("/page/figures.js", PageTemplate.class, "figures.js");
    add("/page/plot.css", FlameGraphPage.class, "library/uPlot.min.css");
    add("/page/uplot.js", FlameGraphPage.class, "library/uPlot.iife.min.js");
  }

  private void add(String path, Class<?> beside, String resource) throws IOException {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource is missing: name=" + resource);
      }
      assets.put(path, in.readAllBytes());
    }
  }

  @Override
  public void answer(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    byte[] asset = assets.get(path);
    if (asset == null) {
      throw BadRequestException.notThere("there is nothing here");
    }
    Answer.bytes(response, callback, HttpStatus.OK_200, type(path), asset);
  }

  private static String type(String path) {
    return path.equals("/")
        ? "text/html;charset=utf-8"
        : path.endsWith(".css") ? "text/css;charset=utf-8" : "text/javascript;charset=utf-8";
  }
}
