package dev.heaplight.engine.profiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmNamesTest {
  @ParameterizedTest
  @CsvSource({
    "java/lang/String, java.lang.String",
    "[B, byte[]",
    "[[J, long[][]",
    "[Ljava/lang/Object;, java.lang.Object[]",
    "[[Lcom/acme/A$B;, com.acme.A$B[][]",
    "[java/util/List, java.util.List[]",
    "com/acme/Job$$Lambda$14.0x00007f63e8000400, com.acme.Job$$Lambda",
    "com/acme/Job$$Lambda.0x000000003c0406e8, com.acme.Job$$Lambda",
  })
  void namesAreThoseOfSource(String internal, String expected) {
    assertEquals(expected, JvmNames.ofInternal(internal));
  }
}
