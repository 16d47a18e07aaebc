package dev.heaplight.cli;

import static dev.heaplight.cli.ServedSession.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.heaplight.monitor.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a session with a kill in it, as Prometheus's own programs see them. */
@Timeout(180)
class ServeMetricsIT {
  private static final Path DOCUMENTS = Path.of("../docs").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void prometheusScrapesWhatTheSessionsFilesTell() throws Exception {
    String promtool = program("promtool");
    String prometheus = program("prometheus");
    KilledHog.in(session());
    try (ServedSession served = ServedSession.start(directory, session())) {
      await(() -> served.get("/api/overview").body().contains("\"waiting\":0"));
      String metrics = served.get("/metrics").body();
      Files.writeString(directory.resolve("metrics.txt"), metrics);
      assertEquals("", run(List.of(promtool, "check", "metrics"), "metrics.txt"));
      dashboardAndAlertsUseMetricsThatThereAre(metrics);
      String rules = DOCUMENTS.resolve("prometheus-alerts.yml").toString();
      assertTrue(run(List.of(promtool, "check", "rules", rules), null).contains("SUCCESS"));
      scrape(prometheus, served);
    }
  }

  /**
   * Names in the documents' queries are those of the metrics, or of counters that have none yet.
   */
  private static void dashboardAndAlertsUseMetricsThatThereAre(String metrics) throws IOException {
    TreeSet<String> used = new TreeSet<>();
    for (String document : List.of("grafana-dashboard.json", "prometheus-alerts.yml")) {
      String text = Files.readString(DOCUMENTS.resolve(document));
      Matcher name = Pattern.compile("heaplight_[a-z_]+").matcher(text);
      while (name.find()) {
        used.add(name.group());
      }
    }
    assertTrue(used.size() > 10, used.toString());
    List<String> perhaps =
        List.of(
            "heaplight_process_memory_", // no worker runs
            "heaplight_task_memory_bytes",
            "heaplight_tasks_failed_for_memory_total",
            "heaplight_recordings_with_caveat");
    for (String name : used) {
      assertTrue(
          metrics.contains("\n" + name + "{")
              || metrics.contains("\n" + name + " ")
              || perhaps.stream().anyMatch(name::startsWith),
          name);
    }
  }

  private void scrape(String prometheus, ServedSession served) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path token = Files.writeString(directory.resolve("token"), served.token());
    Path settings = directory.resolve("prometheus.yml");
    Files.writeString(
        settings,
        """
        global: {scrape_interval: 1s}
        rule_files: ['%s']
        scrape_configs:
          - job_name: heaplight
            authorization: {credentials_file: '%s'}
            static_configs: [{targets: ['%s']}]
        """
            .formatted(
                DOCUMENTS.resolve("prometheus-alerts.yml"),
                token,
                served.origin().substring("http://".length())));
    Process process =
        new ProcessBuilder(
                prometheus,
                "--config.file=" + settings,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.txt").toFile())
            .start();
    try {
      String api = "http://127.0.0.1:" + port + "/api/v1/query?query=";
      await(() -> value(api, "up{job=\"heaplight\"}") == 1);
      events()
          .forEach(
              (type, count) ->
                  assertEquals(
                      (double) count, value(api, "heaplight_events_total{type=\"" + type + "\"}")));
      assertEquals(1, value(api, "sum(heaplight_workers_killed_for_memory_total)"));
      assertEquals(1, value(api, "heaplight_workers_killed_for_memory_total{name=\"hog\"}"));
      assertEquals(1, value(api, "heaplight_workers_ended_total{cause=\"monitor\"}"));
      assertEquals(1, value(api, "heaplight_intervention_duration_seconds_count"));
      assertTrue(value(api, "heaplight_node_memory_used_bytes{level=\"host\"}") > 1 << 20);
      assertTrue(value(api, "heaplight_agent_cpu_seconds") > 0);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** Counted from the file, by its lines. */
  private Map<String, Long> events() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : Files.readAllLines(session().resolve("logs/heaplight-events.jsonl"))) {
      counts.merge(JsonValue.text(JsonValue.parse(line), "type"), 1L, Long::sum);
    }
    assertTrue(counts.containsKey("KILL_WORKER"), counts.toString());
    return counts;
  }

  /** A query's value; -1 where there is none yet. */
  private static double value(String api, String query) {
    try {
      String answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(api + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Object result = JsonValue.at(JsonValue.parse(answer), "data", "result");
      return result instanceof List<?> samples && !samples.isEmpty()
          ? Double.parseDouble(String.valueOf(((List<?>) value(samples)).get(1)))
          : -1;
    } catch (IOException | IllegalArgumentException e) {
      return -1; // it is starting
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(List<?> samples) {
    Object value = JsonValue.at(samples.get(0), "value");
    return value == null ? List.of() : value;
  }

  private String run(List<String> command, @Nullable String input) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (input != null) {
      builder.redirectInput(directory.resolve(input).toFile());
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private Path session() {
    return directory.resolve("session");
  }

  private static String program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(
            () -> {
              String missing = "metrics not checked: no " + name + " on the path";
              System.out.println(missing);
              return abort(missing);
            });
  }
}
