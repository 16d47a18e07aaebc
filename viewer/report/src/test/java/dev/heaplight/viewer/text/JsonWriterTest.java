package dev.heaplight.viewer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private final StringBuilder out = new StringBuilder();
  private final JsonWriter json = new JsonWriter(out);

  @Test
  void separatesMembersAndElements() throws IOException {
    json.open('{').name("a").value(1).name("b").open('[').value("x").value(2.5).value(true);
    json.close(']').name("c").open('{').close('}').name("d").value((Object) null).close('}');
    assertEquals("{\"a\":1,\"b\":[\"x\",2.5,true],\"c\":{},\"d\":null}", out.toString());
  }

  @Test
  void nullStringIsNull() throws IOException {
    json.value((String) null);
    assertEquals("null", out.toString());
  }

  @Test
  void quotesBackslashesAndControlCharactersAreEscaped() throws IOException {
    json.value("\"\\\n\u0000\u2028\u00e9\ud83d\ude00");
    assertEquals("\"\\\"\\\\\\u000a\\u0000\\u2028\u00e9\ud83d\ude00\"", out.toString());
  }

  @Test
  void noStringCanCloseAScriptElement() throws IOException {
    json.value("</script><!--");
    assertEquals("\"\\u003c/script>\\u003c!--\"", out.toString());
  }
}
