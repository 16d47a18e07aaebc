package dev.heaplight.engine.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.engine.weave.ScopeMethods;
import dev.heaplight.engine.weave.ScopeMethods.Passes;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodRuleTest {
  private static final String METHOD = "com.acme.Outer$Job.run";
  private static final Object[] CALL = {"receiver", 7, null};

  @Test
  void methodAloneIsItsOwnName() {
    ScopeMethods.Target target = MethodRule.parse(METHOD).target();
    assertEquals(new ScopeMethods.Target("com.acme.Outer$Job", "run", Passes.NOTHING), target);
  }

  @Test
  void callIsPassedWhereATemplateNeedsIt() {
    assertEquals(Passes.NOTHING, MethodRule.parse(METHOD + ":{class}.{method}").target().passes());
    assertEquals(Passes.CALL, MethodRule.parse(METHOD + ":order {0}").target().passes());
    assertEquals(Passes.CALL, MethodRule.parse(METHOD + ":import#{this}").target().passes());
    assertEquals(Passes.CALL, MethodRule.parse(METHOD + ":#{1}").target().passes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{class}.{method} | Outer.Job.run",
        "order {0}        | order 7",
        "{this}: {1}      | receiver: null",
        "{2}              | ?",
        "plain            | plain",
        "}{0}}            | }7}",
      })
  void placesAreFilledIn(String template, String expected) {
    assertEquals(expected, NameTemplate.of(template, METHOD).text(CALL));
  }

  @Test
  void objectsThatCannotSayWhatTheyAreAreQuestionMarks() {
    Object failing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("as asked");
          }
        };
    assertEquals("x ?", NameTemplate.of("x {this}", METHOD).text(new Object[] {failing}));
  }

  @Test
  void longTextsAreCut() {
    String text = NameTemplate.of("{0}", METHOD).text(new Object[] {null, "x".repeat(10_000)});
    assertEquals("x".repeat(119) + "…", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "run", ".run", "com.acme.Job.", "com.acme.Job.<init>", "a.B.<clinit>", ":x"})
  void whatIsNoMethodIsRefused(String text) {
    assertEquals(
        "scope: expected=package.Class.method or package.Class.method:NAME#ID, actual=" + text,
        refusal(text));
  }

  @Test
  void malformedTemplatesAreRefused() {
    assertEquals(
        "scope: expected={class}, {method}, {this}, {0}, {1} ..., actual={arg}, in a.B.c:{arg}",
        refusal("a.B.c:{arg}"));
    assertEquals("scope: a brace is not closed, in a.B.c:x#{0", refusal("a.B.c:x#{0"));
  }

  @Test
  void sessionIsTheRuntimesOwn() {
    Properties properties = new Properties();
    assertEquals(null, KnownRuntimes.session(properties));
    properties.setProperty("ray.logging.dir", "/tmp/ray/session_0/logs");
    assertEquals("/tmp/ray/session_0", KnownRuntimes.session(properties));
    properties.setProperty("ray.config-file", "/tmp/ray/session_1/java_worker.properties");
    assertEquals("/tmp/ray/session_1", KnownRuntimes.session(properties));
    properties.setProperty("ray.session-dir", "/tmp/ray/session_2");
    assertEquals("/tmp/ray/session_2", KnownRuntimes.session(properties));
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> MethodRule.parse(text)).getMessage());
  }
}
