package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are many or slow, and sessions that are large: all of it bounded. */
@Timeout(240)
class ServeLoadIT {
  private static final int CLIENTS = 1_000;
  private static final int RECORDINGS = 10_000;
  private static final long MAX_RESIDENT_BYTES = 256 << 20;

  @TempDir private Path directory;

  @BeforeEach
  void begin() throws IOException {
    Files.createDirectories(session().resolve("logs"));
  }

  private Path session() {
    return directory.resolve("session");
  }

  @Test
  void thousandClientsAreRefusedOrBoundedAndTheServerLives() throws IOException {
    try (ServedSession served = ServedSession.start(directory, session())) {
      List<Socket> sockets = new ArrayList<>();
      try {
        int refused = 0;
        for (int i = 0; i < CLIENTS; i++) {
          Socket socket = new Socket();
          sockets.add(socket);
          try {
            socket.connect(address(served), 100);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            refused++;
          }
        }
        assertTrue(threads(served) < 64, "threads=" + threads(served));
        // While they all hold on, somebody else comes in: who says nothing has to make room.
        ServedSession.await(() -> answers(served));
        assertTrue(residentBytes(served) < MAX_RESIDENT_BYTES, "bytes=" + residentBytes(served));
        System.out.println(
            "clients="
                + CLIENTS
                + ", refused="
                + refused
                + ", threads="
                + threads(served)
                + ", resident at most="
                + residentBytes(served));
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      assertEquals(200, served.get("/api/overview").statusCode());
      assertEquals("", served.errors());
    }
  }

  private boolean answers(ServedSession served) {
    try (Socket socket = new Socket()) {
      socket.connect(address(served), 1_000);
      socket.setSoTimeout(5_000);
      String request =
          "GET /api/overview HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + served.token()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      byte[] start = socket.getInputStream().readNBytes(12);
      return new String(start, StandardCharsets.UTF_8).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void clientThatNeverFinishesItsRequestIsDisconnected() throws IOException {
    try (ServedSession served = ServedSession.start(directory, session())) {
      try (Socket slow = new Socket()) {
        slow.connect(address(served));
        slow.setSoTimeout(100);
        slow.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.UTF_8));
        while (!isClosed(slow)) {
          assertEquals(200, served.get("/api/overview").statusCode());
        }
      }
    }
  }

  /** Sends one more byte and sees whether the other side has gone. */
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void clientsThatReadSlowlyHoldNobodyUp() throws IOException {
    Path large = session().resolve("logs/large.log");
    Files.write(large, new byte[64 << 20]);
    try (ServedSession served = ServedSession.start(directory, session())) {
      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 60; i++) { // more than there are threads
          Socket socket = new Socket();
          slow.add(socket);
          socket.setReceiveBufferSize(4_096);
          socket.connect(address(served));
          String request =
              "GET /file?file=large.log HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + served.token()
                  + "\r\n\r\n";
          socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
          InputStream in = socket.getInputStream();
          assertEquals("HTTP/1.1 200", new String(in.readNBytes(12), StandardCharsets.UTF_8));
        }
        assertEquals(200, served.get("/api/overview").statusCode());
        assertEquals(64 << 20, served.bytes("/file?file=large.log").length);
        assertTrue(residentBytes(served) < MAX_RESIDENT_BYTES, "bytes=" + residentBytes(served));
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
    }
  }

  @Test
  void tenThousandRecordingsAreListedInBoundedMemory() throws IOException {
    for (int i = 0; i < RECORDINGS; i++) {
      TestRecording recording =
          TestRecording.create(
              session().resolve("logs/task-" + i + ".heaplight"),
              "task-" + i % 50,
              "task",
              "t-" + i,
              1_767_225_600_000L + i,
              "worker-3",
              4711 + i % 20);
      recording.allocation("byte[]", 3, 96L + i, TestRecording.frame("com.acme.Job.run", i % 90));
      recording.allocation("int[]", 1, 64, TestRecording.frame("com.acme.Job.end", 7));
      recording.finish(1_500, 128, 2);
    }
    long start = System.nanoTime();
    try (ServedSession served = ServedSession.start(directory, session())) {
      long started = System.nanoTime();
      String first = served.get("/api/logs").body();
      long listed = System.nanoTime();
      assertTrue(first.contains("\"total\":10000"), first);
      ServedSession.await(() -> served.get("/api/overview").body().contains("\"waiting\":0"));
      long summed = System.nanoTime();
      long sorted = 0;
      for (String sort : List.of("start", "peak", "allocated", "-allocated", "scope", "-state")) {
        long before = System.nanoTime();
        String body = served.get("/api/tasks?limit=500&offset=9500&sort=" + sort).body();
        sorted = Math.max(sorted, System.nanoTime() - before);
        assertTrue(body.contains("\"total\":10000"), body);
        assertTrue(body.contains("\"state\":\"finished\""), body);
      }
      assertEquals(200, served.get("/metrics").statusCode());
      long resident = residentBytes(served);
      System.out.println(
          "recordings="
              + RECORDINGS
              + ", started after "
              + millis(started - start)
              + ", listed after "
              + millis(listed - started)
              + ", all summed up after "
              + millis(summed - started)
              + ", sorted in "
              + millis(sorted)
              + " at most, resident at most="
              + resident);
      assertTrue(resident < MAX_RESIDENT_BYTES, "bytes=" + resident);
    }
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }

  private InetSocketAddress address(ServedSession served) {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(),
        Integer.parseInt(served.origin().replaceFirst(".*:", "")));
  }

  private long threads(ServedSession served) throws IOException {
    return status(served, "Threads");
  }

  private long residentBytes(ServedSession served) throws IOException {
    return status(served, "VmHWM") * 1024;
  }

  private long status(ServedSession served, String name) throws IOException {
    LongStream values =
        Files.readAllLines(Path.of("/proc/" + served.pid() + "/status")).stream()
            .filter(line -> line.startsWith(name + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")));
    return values.findFirst().orElseThrow();
  }
}
