package dev.heaplight.server.http;

import dev.heaplight.monitor.json.JsonText;
import dev.heaplight.server.session.LogFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Writes answers. All are written asynchronously: a client that reads slowly costs a buffer and no
 * thread.
 */
public final class Answer {
  /** The policy of pages of ours, which load nothing from elsewhere and run no script in them. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  /** Flame graph pages bring their own scripts and, inside them, a policy that names each. */
  private static final String REPORT_POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
          + " blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  private static final int BUFFER_BYTES = 64 << 10;

  private Answer() {}

  /** Sets what every answer says: that nothing of it is to be kept, guessed at or framed. */
  static void secure(Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  /** Lets the answer be a page that was drawn of a recording. */
  public static void asReport(Response response) {
    response.getHeaders().put("Content-Security-Policy", REPORT_POLICY);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
  }

  /** Answers with a value as JSON. */
  public static void json(Response response, Callback callback, int status, Object value) {
    bytes(
        response,
        callback,
        status,
        "application/json",
        JsonText.line(value).getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a line of text. */
  public static void text(Response response, Callback callback, int status, String text) {
    bytes(
        response,
        callback,
        status,
        "text/plain;charset=utf-8",
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with bytes. */
  public static void bytes(
      Response response, Callback callback, int status, String type, byte[] bytes) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /**
   * Answers with a file to be saved, as long as it is now: one that grows meanwhile is cut there.
   *
   * @throws IOException if it cannot be opened
   */
  public static void download(Request request, Response response, Callback callback, LogFile file)
      throws IOException {
    SeekableByteChannel channel = file.open();
    String name = file.name().substring(file.name().lastIndexOf('/') + 1);
    response
        .getHeaders()
        .put(
            "Content-Disposition",
            "attachment; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    stream(request, response, callback, channel);
  }

  /** Answers with a file of our own, which {@code callback} is told of when it was written. */
  public static void file(Request request, Response response, Callback callback, Path file)
      throws IOException {
    stream(request, response, callback, Files.newByteChannel(file));
  }

  private static void stream(
      Request request, Response response, Callback callback, SeekableByteChannel channel)
      throws IOException {
    long size = channel.size();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
    Callback closing = Callback.from(callback, () -> close(channel));
    if (size == 0 || request.getMethod().equals("HEAD")) {
      response.write(true, ByteBuffer.allocate(0), closing);
      return;
    }
    ByteBufferPool.Sized buffers =
        new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, BUFFER_BYTES);
    Content.copy(Content.Source.from(buffers, channel, 0, size), response, closing);
  }

  private static void close(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      return; // it was only read
    }
  }
}
