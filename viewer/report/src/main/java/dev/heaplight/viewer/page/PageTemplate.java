package dev.heaplight.viewer.page;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A report's page: one HTML file that needs nothing else.
 *
 * <p>Safety: names in a recording come from the profiled program and may be hostile. They reach the
 * page as JSON in a data block and are shown through {@code textContent} or a canvas only; the
 * page's content security policy allows exactly the scripts and the style written here, by their
 * hashes, and no request to any host.
 */
public final class PageTemplate {
  private static final Pattern COMMENT =
      Pattern.compile("^[ \\t]*/\\*.*?\\*/[ \\t]*\\n", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern INDENTATION = Pattern.compile("^[ \\t]+", Pattern.MULTILINE);

  private static final List<String> SHARED_SCRIPTS = List.of("figures.js", "header.js");

  private final Class<?> report;
  private final List<String> scripts;
  private final List<String> libraries;
  private final List<String> styles;

  /** Writes the data block of a page. */
  public interface Data {
    /** Writes one JSON value by {@link dev.heaplight.viewer.text.JsonWriter}. */
    void write(Appendable out) throws IOException;
  }

  /**
   * A template.
   *
   * @param report class beside whose package lie {@code page.html}, {@code page.css} and scripts
   * @param scripts names of the report's own scripts, in their order
   */
  public PageTemplate(Class<?> report, List<String> scripts) {
    this(report, scripts, List.of(), List.of());
  }

  /**
   * A template with libraries of others.
   *
   * @param report class beside whose package lie {@code page.html}, {@code page.css} and scripts
   * @param scripts names of the report's own scripts, in their order
   * @param libraries names of scripts that stay by themselves and run before
   * @param styles names of the libraries' style sheets
   */
  public PageTemplate(
      Class<?> report, List<String> scripts, List<String> libraries, List<String> styles) {
    this.report = report;
    this.scripts = List.copyOf(scripts);
    this.libraries = List.copyOf(libraries);
    this.styles = List.copyOf(styles);
  }

  /**
   * Writes the page to {@code out}, which the caller closes.
   *
   * @throws IOException if {@code out} cannot be written
   */
  public void write(OutputStream out, Data data) throws IOException {
    write(out, Map.of("data", data));
  }

  /**
   * Writes a page with several data blocks.
   *
   * @param data what fills the template's slots, by their names
   * @throws IOException if {@code out} cannot be written
   */
  public void write(OutputStream out, Map<String, Data> data) throws IOException {
    String style =
        resource(PageTemplate.class, "base.css") + all(styles) + resource(report, "page.css");
    String script = script();
    List<String> libraryTexts = new ArrayList<>();
    for (String library : libraries) {
      libraryTexts.add(resource(report, library));
    }
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    // The template's only braces in pairs are its slots, so splitting leaves text and slot names.
    String[] parts = resource(report, "page.html").split("\\{\\{|}}", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        writer.write(parts[i]);
        continue;
      }
      switch (parts[i]) {
        case "policy" -> writer.write(policy(libraryTexts, script, style));
        case "style" -> writer.write(style);
        case "libraries" -> {
          for (String library : libraryTexts) {
            writer.append("<script>").append(library).append("</script>\n");
          }
        }
        case "script" -> writer.write(script);
        default -> {
          Data block = data.get(parts[i]);
          if (block == null) {
            throw new IllegalStateException("unknown slot: name=" + parts[i]);
          }
          block.write(writer);
        }
      }
    }
    writer.flush();
  }

  private String script() throws IOException {
    StringBuilder script = new StringBuilder("\"use strict\";\n");
    for (String name : SHARED_SCRIPTS) {
      script.append(resource(PageTemplate.class, name));
    }
    return compact(script.append(all(scripts)).toString());
  }

  /** Without comments that stand alone and indentation: a fifth of the text, in every page. */
  static String compact(String script) {
    String bare = COMMENT.matcher(script).replaceAll("");
    return INDENTATION.matcher(bare).replaceAll("");
  }

  private String all(List<String> names) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(resource(report, name));
    }
    return text.toString();
  }

  private static String policy(List<String> libraries, String script, String style) {
    StringBuilder policy = new StringBuilder("default-src 'none'; script-src");
    for (String library : libraries) {
      policy.append(" '").append(hash(library)).append('\'');
    }
    return policy
        .append(" '")
        .append(hash(script))
        .append("'; style-src '")
        .append(hash(style))
        .append("'; img-src data:; base-uri 'none'; form-action 'none'")
        .toString();
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

  private static String resource(Class<?> place, String name) throws IOException {
    try (InputStream in = place.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource is missing: name=" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
