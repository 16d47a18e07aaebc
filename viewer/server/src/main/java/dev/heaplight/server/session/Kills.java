package dev.heaplight.server.session;

import dev.heaplight.monitor.json.JsonValue;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The reports of a session, each read again when it changed. One thread updates. */
final class Kills {
  private static final String PREFIX = "heaplight-oom-";
  private static final String SUFFIX = ".json";

  private final Map<String, Read> reports = new ConcurrentSkipListMap<>();

  private record Read(LogFile file, Kill kill) {}

  void update(Collection<LogFile> files) {
    for (LogFile file : files) {
      if (file.name().startsWith(PREFIX) && file.name().endsWith(SUFFIX)) {
        Read known = reports.get(file.name());
        if (known == null || !known.file().isAsBefore(file)) {
          read(file);
        }
      }
    }
  }

  private void read(LogFile file) {
    try {
      reports.put(file.name(), new Read(file, Kill.of(file.name(), JsonValue.parse(file.text()))));
    } catch (IOException | IllegalArgumentException e) {
      return; // being replaced: the next pass reads it
    }
  }

  List<Kill> all() {
    return reports.values().stream().map(Read::kill).toList();
  }
}
