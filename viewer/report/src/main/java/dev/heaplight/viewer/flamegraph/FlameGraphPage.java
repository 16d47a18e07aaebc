package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.model.MetricView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The interactive flame graph: one HTML file that needs nothing else.
 *
 * <p>Safety: names in a recording come from the profiled program and may be hostile. They reach the
 * page as JSON in a data block and are shown through {@code textContent} or a canvas only; the
 * page's content security policy allows exactly the script and the style written here, by their
 * hashes, and no request to any host.
 */
public final class FlameGraphPage implements FlameGraphRenderer {
  /**
   * Boxes above which a page folds small ones. With the boxes that stand for folded ones it holds
   * twice as many at most: 4 MB of data, and half a second from opening the page to the picture.
   */
  static final int MAX_NODES = 125_000;

  private static final List<String> SCRIPTS =
      List.of("figures.js", "graph.js", "search.js", "canvas.js", "details.js", "page.js");

  private final int maxNodes;

  /** A renderer for {@link java.util.ServiceLoader}. */
  public FlameGraphPage() {
    this(MAX_NODES);
  }

  FlameGraphPage(int maxNodes) {
    this.maxNodes = maxNodes;
  }

  @Override
  public String format() {
    return "html";
  }

  @Override
  public void render(MetricView view, OutputStream out) throws IOException {
    String style = resource("page.css");
    StringBuilder script = new StringBuilder("\"use strict\";\n");
    for (String name : SCRIPTS) {
      script.append(resource(name));
    }
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    // The template's only braces in pairs are its slots, so splitting leaves text and slot names.
    String[] parts = resource("page.html").split("\\{\\{|}}", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        writer.write(parts[i]);
        continue;
      }
      switch (parts[i]) {
        case "policy" -> writer.write(policy(script.toString(), style));
        case "style" -> writer.write(style);
        case "script" -> writer.append(script);
        case "data" -> new FlameGraphData(view, FlameGraph.of(view, maxNodes), writer).write();
        default -> throw new IllegalStateException("unknown slot: name=" + parts[i]);
      }
    }
    writer.flush();
  }

  private static String policy(String script, String style) {
    return "default-src 'none'; script-src '"
        + hash(script)
        + "'; style-src '"
        + hash(style)
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = FlameGraphPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource is missing: name=" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
