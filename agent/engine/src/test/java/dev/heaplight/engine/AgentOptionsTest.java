package dev.heaplight.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
  private static final AgentOptions DEFAULTS =
      new AgentOptions(AgentOptions.Mode.EXACT, null, false, List.of(), 30_000, 100, false);

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
                + "weave-wait=500ms,memory-interval=1s,verbose=true ");
    assertEquals(
        new AgentOptions(
            AgentOptions.Mode.OFF,
            "/tmp/s=1",
            true,
            List.of("com.acme.Job.run", "Main.work"),
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
            + " expected=mode, session, track, scope, weave-wait, memory-interval or verbose");
    assertRefused(
        "mode=exact, verbose=true",
        "unknown option: actual= verbose=true,"
            + " expected=mode, session, track, scope, weave-wait, memory-interval or verbose");
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
