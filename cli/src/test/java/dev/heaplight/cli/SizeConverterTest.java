package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeConverterTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "4096,4096",
    "4096B,4096",
    "1K,1024",
    "1k,1024",
    "64MB,67108864",
    "64 MB,67108864",
    "64MiB,67108864",
    "64mib,67108864",
    "1.5GiB,1610612736",
    "10G,10737418240",
    "2T,2199023255552",
    "0.5K,512"
  })
  void unitsArePowersOf1024(String text, long bytes) {
    assertEquals(bytes, new SizeConverter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "MB", "12X", "1.K", "1,5G", "1e3", "Ki", "999999999T"})
  void otherTextIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new SizeConverter().convert(text));
  }

  @Test
  void refusalSaysWhatIsExpected() {
    TypeConversionException refusal =
        assertThrows(TypeConversionException.class, () -> new SizeConverter().convert("12X"));
    assertEquals(
        "expected a size such as 64MB, 1.5g or 512KiB but was '12X'", refusal.getMessage());
  }
}
