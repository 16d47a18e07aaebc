package dev.heaplight.monitor.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("text", "a\"b\\c\n\u0001</script>\uD83D\uDE00\uD800");
    value.put("list", Arrays.asList(1.0, true, null, List.of(), Map.of()));
    assertEquals(value, JsonValue.parse(JsonText.line(value)));
    assertEquals(value, JsonValue.parse(JsonText.indented(value)));
  }

  @Test
  void linesAreLines() {
    assertEquals("{\"a\":[1,\"x\"]}", JsonText.line(Map.of("a", List.of(1, "x"))));
    assertEquals("{\n  \"a\": 1\n}\n", JsonText.indented(Map.of("a", 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{          | 1 | '\"'",
        "[1,        | 3 | a value",
        "{\"a\" 1}  | 5 | ':'",
        "nope       | 0 | a value",
        "1 2        | 2 | end of text",
        "\"\\u12\"  | 3 | four hexadecimal digits",
      })
  void whatIsNoneIsRefusedWithItsPlace(String text, int offset, String expected) {
    assertEquals(
        "not JSON: offset=" + offset + ", expected=" + expected,
        assertThrows(IllegalArgumentException.class, () -> JsonValue.parse(text)).getMessage());
  }

  @Test
  void membersAreFoundByTheirPath() {
    Object value = JsonValue.parse("{\"a\":{\"b\":7,\"c\":\"x\"}}");
    assertEquals(7, JsonValue.number(value, "a", "b"));
    assertEquals("x", JsonValue.text(value, "a", "c"));
    assertEquals("", JsonValue.text(value, "a", "d", "e"));
  }
}
