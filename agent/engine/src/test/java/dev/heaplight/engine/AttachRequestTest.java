package dev.heaplight.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.engine.AttachRequest.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachRequestTest {
  @Test
  void nothingSaidIsToAttachForGood() {
    AttachRequest expected = new AttachRequest(Verb.ATTACH, "", 0, "");
    assertEquals(expected, AttachRequest.parse(null));
    assertEquals(expected, AttachRequest.parse(""));
  }

  @Test
  void requestIsToldFromTheAgentsOptions() {
    assertEquals(
        new AttachRequest(Verb.ATTACH, "2a", 30_000, "session=/tmp/s,overhead=2%"),
        AttachRequest.parse("request=2a,verb=attach,session=/tmp/s,duration=30s,overhead=2%"));
    assertEquals(
        new AttachRequest(Verb.DETACH, "7", 0, ""), AttachRequest.parse("verb=detach,request=7"));
  }

  @Test
  void tasksOfRuntimesAreLeftAloneUnlessThatIsSaid() {
    assertEquals("auto=off", AttachRequest.parse("").optionsOfNewAgent());
    assertEquals("overhead=2%,auto=off", AttachRequest.parse("overhead=2%").optionsOfNewAgent());
    assertEquals(
        "auto=on,overhead=2%", AttachRequest.parse("auto=on,overhead=2%").optionsOfNewAgent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          verb=leave   | malformed option: actual=verb=leave, expected=verb=attach, verb=detach or verb=mode
          duration=1   | malformed option: actual=duration=1, expected=a duration such as 500ms or 10s
          """)
  void malformedRequestIsRefused(String text, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AttachRequest.parse(text));
    assertEquals(message, refused.getMessage());
  }
}
