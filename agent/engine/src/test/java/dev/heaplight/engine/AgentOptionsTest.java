package dev.heaplight.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
  private static final AgentOptions DEFAULTS =
      new AgentOptions(
          AgentOptions.Mode.EXACT,
          null,
          false,
          List.of(),
          0.05,
          0,
          true,
          true,
          64L << 20,
          30_000,
          100,
          false);

  @Test
  void noTextMeansDefaults() {
    assertEquals(DEFAULTS, AgentOptions.parse(null));
    assertEquals(DEFAULTS, AgentOptions.parse(""));
    assertEquals(DEFAULTS, AgentOptions.parse("  "));
  }

  @Test
  void everyOptionIsTaken() {
    AgentOptions options =
        AgentOptions.parse(
            " mode=off,session=/tmp/s=1,track=process,scope=com.acme.Job.run;Main.work,"
                + "overhead=2.5%,interval=512k,escape-analysis=off,live=off,max-memory=16M,"
                + "weave-wait=500ms,memory-interval=1s,verbose=true ");
    assertEquals(
        new AgentOptions(
            AgentOptions.Mode.OFF,
            "/tmp/s=1",
            true,
            List.of("com.acme.Job.run", "Main.work"),
            0.025,
            512L << 10,
            false,
            false,
            16L << 20,
            500,
            1_000,
            true),
        options);
  }

  @Test
  void defaultsCanBeGiven() {
    assertEquals(DEFAULTS, AgentOptions.parse("mode=exact,verbose=false,weave-wait=30s"));
    assertEquals(0, AgentOptions.parse("weave-wait=0s").weaveWaitMillis());
    assertEquals(DEFAULTS, AgentOptions.parse("memory-interval=100ms"));
    assertEquals(0, AgentOptions.parse("memory-interval=0ms").memoryIntervalMillis());
    assertEquals(10, AgentOptions.parse("memory-interval=10ms").memoryIntervalMillis());
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
            + " expected=mode, session, track, scope, overhead, interval, escape-analysis, live, max-memory,"
            + " weave-wait, memory-interval or verbose");
    assertRefused(
        "mode=exact, verbose=true",
        "unknown option: actual= verbose=true,"
            + " expected=mode, session, track, scope, overhead, interval, escape-analysis, live, max-memory,"
            + " weave-wait, memory-interval or verbose");
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
        "mode=sampled", "malformed option: actual=mode=sampled, expected=mode=exact or mode=off");
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
    assertEquals(1, AgentOptions.parse("interval=1").intervalBytes());
    assertEquals(2048, AgentOptions.parse("interval=2K").intervalBytes());
    assertEquals(1L << 30, AgentOptions.parse("max-memory=1g").maxMemoryBytes());
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
    assertEquals(1, AgentOptions.parse("overhead=100%").overhead());
    assertEquals(0.2, AgentOptions.parse("overhead=0.2").overhead());
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
        assertThrows(IllegalArgumentException.class, () -> AgentOptions.parse(text));
    assertEquals(message, refused.getMessage());
  }
}
