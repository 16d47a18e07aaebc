package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** {@code heaplight serve} as it was built and installed, and a client that knows its token. */
final class ServedSession implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedSession(Process process, Path errors, URI address) {
    this.process = process;
    this.errors = errors;
    this.address = address;
  }

  /** Serves a session with these options; {@code directory} is for its output. */
  static ServedSession start(Path directory, Path session, Object... options) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("serve", session));
    arguments.addAll(List.of(options));
    return started(directory, InstalledCommand.words(arguments.toArray()));
  }

  /** Runs a command that serves, and waits until it has printed where. */
  static ServedSession started(Path directory, List<String> command) throws IOException {
    Path out = Files.createTempFile(directory, "serve", ".out");
    Path err = Files.createTempFile(directory, "serve", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    await(() -> printed(out).contains("Open ") || !process.isAlive());
    assertTrue(process.isAlive(), () -> printed(err));
    String line = printed(out).lines().filter(each -> each.startsWith("Open ")).findFirst().get();
    return new ServedSession(process, err, URI.create(line.substring("Open ".length())));
  }

  private static String printed(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a condition; the test's own time-out ends that. */
  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** What it printed: with the token. */
  URI address() {
    return address;
  }

  /** Scheme, host and port. */
  String origin() {
    return address.getScheme() + "://" + address.getAuthority();
  }

  String token() {
    return address.getQuery() == null ? "" : address.getQuery().substring("token=".length());
  }

  long pid() {
    return process.pid();
  }

  Process process() {
    return process;
  }

  String errors() {
    return printed(errors);
  }

  HttpResponse<String> get(String path) {
    return send(path, HttpResponse.BodyHandlers.ofString());
  }

  byte[] bytes(String path) {
    return send(path, HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(origin() + path))
              .header("Authorization", "Bearer " + token())
              .build(),
          handler);
    } catch (IOException e) {
      throw new AssertionError(path + ": " + errors(), e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    boolean unused = process.onExit().join().isAlive();
  }
}
