package dev.heaplight.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size as people type it: {@code 64MB}, {@code 1.5g}, {@code 512KiB}; always binary. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kmgt]?)(i?b)?");
  private static final Map<String, Integer> UNIT_BITS =
      Map.of("", 0, "k", 10, "m", 20, "g", 30, "t", 40);

  @Override
  public Long convert(String value) {
    Matcher parts = TEXT.matcher(value.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "expected a size such as 64MB, 1.5g or 512KiB but was '" + value + "'");
    }
    long unit = 1L << UNIT_BITS.getOrDefault(parts.group(2), 0);
    BigDecimal bytes = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new TypeConversionException("'" + value + "' is more than any memory");
    }
    return bytes.longValue();
  }
}
