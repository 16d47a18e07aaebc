package dev.heaplight.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.monitor.act.MonitorSettings;
import dev.heaplight.monitor.policy.KillPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
  private static final AgentOptions DEFAULTS =
      new AgentOptions(
          CaptureMode.Mode.EXACT,
          null,
          false,
          List.of(),
          true,
          0.05,
          0,
          true,
          true,
          true,
          64L << 20,
          30_000,
          100,
          MonitorSettings.DEFAULT,
          false);

  @Test
  void noTextMeansDefaults() {
    assertEquals(DEFAULTS, parse(null));
    assertEquals(DEFAULTS, parse(""));
    assertEquals(DEFAULTS, parse("  "));
  }

  @Test
  void everyOptionIsTaken() {
    AgentOptions options =
        parse(
            " mode=off,session=/tmp/s=1,track=process,scope=com.acme.Job.run;Main.work,auto=off,"
                + "overhead=2.5%,interval=512k,escape-analysis=off,live=off,native=off,max-memory=16M,"
                + "weave-wait=500ms,memory-interval=1s,memory-threshold=90%,"
                + "memory-min-free=1m,memory-refresh=500ms,memory-warn=0.8,memory-policy=by-time,"
                + "memory-rungs=warn+kill,memory-priority=ordinary,verbose=true ");
    assertEquals(
        new AgentOptions(
            CaptureMode.Mode.OFF,
            "/tmp/s=1",
            true,
            List.of("com.acme.Job.run", "Main.work"),
            false,
            0.025,
            512L << 10,
            false,
            false,
            false,
            16L << 20,
            500,
            1_000,
            new MonitorSettings(
                0.9, 1 << 20, 500, 0.8, KillPolicy.BY_TIME, true, false, true, false),
            true),
        options);
  }

  @Test
  void defaultsCanBeGiven() {
    assertEquals(DEFAULTS, parse("mode=exact,verbose=false,weave-wait=30s"));
    assertEquals(0, parse("weave-wait=0s").weaveWaitMillis());
    assertEquals(DEFAULTS, parse("memory-interval=100ms"));
    assertEquals(0, parse("memory-interval=0ms").memoryIntervalMillis());
    assertEquals(10, parse("memory-interval=10ms").memoryIntervalMillis());
  }

  @Test
  void optionHoldsBeforeVariable() {
    Map<String, String> environment =
        Map.of(
            "HEAPLIGHT_MEMORY_USAGE_THRESHOLD", "0.7",
            "HEAPLIGHT_MEMORY_MONITOR_REFRESH_MS", "0");
    MonitorSettings fromVariables = AgentOptions.parse(null, environment).monitor();
    assertEquals(0.7, fromVariables.threshold());
    assertFalse(fromVariables.isOn());
    MonitorSettings both = AgentOptions.parse("memory-threshold=0.8", environment).monitor();
    assertEquals(0.8, both.threshold());
    assertFalse(both.isOn());
  }

  @Test
  void malformedVariableIsNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AgentOptions.parse(null, Map.of("HEAPLIGHT_MEMORY_USAGE_THRESHOLD", "95")));
    assertEquals(
        "HEAPLIGHT_MEMORY_USAGE_THRESHOLD: malformed setting: actual=threshold=95, expected=a share"
            + " such as 0.95, above 0 and at most 1",
        refused.getMessage());
  }

  @Test
  void optionWithoutKeyOrValueIsRefused() {
    assertRefused("verbose", "malformed option: actual=verbose, expected=key=value");
    assertRefused("mode=", "malformed option: actual=mode=, expected=key=value");
    assertRefused("=exact", "malformed option: actual==exact, expected=key=value");
    assertRefused("mode=exact,", "malformed option: actual=, expected=key=value");
    assertRefused(",", "malformed option: actual=, expected=key=value");
  }

  @Test
  void unknownOptionIsRefused() {
    assertRefused(
        "Mode=exact",
        "unknown option: actual=Mode=exact,"
            + " expected=mode, session, track, scope, auto, overhead, interval, escape-analysis, live, native, max-memory,"
            + " weave-wait, memory-interval, memory-threshold, memory-warn,"
            + " memory-refresh, memory-min-free, memory-policy, memory-rungs, memory-priority or verbose");
    assertRefused(
        "mode=exact, verbose=true",
        "unknown option: actual= verbose=true,"
            + " expected=mode, session, track, scope, auto, overhead, interval, escape-analysis, live, native, max-memory,"
            + " weave-wait, memory-interval, memory-threshold, memory-warn,"
            + " memory-refresh, memory-min-free, memory-policy, memory-rungs, memory-priority or verbose");
  }

  @Test
  void optionGivenTwiceIsRefused() {
    assertRefused(
        "mode=exact,mode=off", "option given twice: actual=mode=off, expected=each option once");
    assertRefused(
        "verbose=true,verbose=true",
        "option given twice: actual=verbose=true, expected=each option once");
  }

  @Test
  void unknownValuesAreRefused() {
    assertRefused(
        "mode=sample",
        "malformed option: actual=mode=sample, expected=mode=exact, mode=sampled or mode=off");
    assertRefused("track=all", "malformed option: actual=track=all, expected=track=process");
    assertRefused(
        "verbose=yes", "malformed option: actual=verbose=yes, expected=verbose=true or false");
  }

  @Test
  void malformedDurationsAreRefused() {
    for (String value :
        List.of("10", "s", "ms", "-1s", "-5ms", "1.5s", "10m", "9223372036854775807s", "10 s")) {
      assertRefused(
          "weave-wait=" + value,
          "malformed option: actual=weave-wait="
              + value
              + ", expected=a duration such as 500ms or 10s");
    }
  }

  @Test
  void bytesMayHaveUnits() {
    assertEquals(1, parse("interval=1").intervalBytes());
    assertEquals(2048, parse("interval=2K").intervalBytes());
    assertEquals(1L << 30, parse("max-memory=1g").maxMemoryBytes());
  }

  @Test
  void malformedBytesAreRefused() {
    for (String value : List.of("0", "-1", "k", "1.5m", "8 k", "9223372036854775807k", "64mb")) {
      assertRefused(
          "interval=" + value,
          "malformed option: actual=interval="
              + value
              + ", expected=bytes such as 4096, 512k or 64m, at least 1");
    }
    assertRefused(
        "max-memory=1m",
        "malformed option: actual=max-memory=1m,"
            + " expected=bytes such as 4096, 512k or 64m, at least 8388608");
  }

  @Test
  void malformedSharesAreRefused() {
    for (String value : List.of("0", "0%", "101%", "1.01", "-5%", "%", "five", "NaN")) {
      assertRefused(
          "overhead=" + value,
          "malformed option: actual=overhead="
              + value
              + ", expected=a share such as 5%, above 0% and at most 100%");
    }
    assertEquals(1, parse("overhead=100%").overhead());
    assertEquals(0.2, parse("overhead=0.2").overhead());
  }

  @Test
  void memoryIntervalThatWouldCostTooMuchIsRefused() {
    assertRefused(
        "memory-interval=9ms",
        "malformed option: actual=memory-interval=9ms, expected=0ms, or 10ms and above");
    assertRefused(
        "memory-interval=fast",
        "malformed option: actual=memory-interval=fast, expected=a duration such as 500ms or 10s");
  }

  private static void assertRefused(String text, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> parse(text));
    assertEquals(message, refused.getMessage());
  }

  private static AgentOptions parse(@Nullable String text) {
    return AgentOptions.parse(text, Map.of());
  }
}
