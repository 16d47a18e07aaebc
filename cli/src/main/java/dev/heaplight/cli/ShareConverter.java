package dev.heaplight.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share as people type it, {@code 1%} or {@code 0.5%}; from 0 to 1. */
final class ShareConverter implements ITypeConverter<Double> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%?");

  @Override
  public Double convert(String value) {
    Matcher parts = TEXT.matcher(value);
    double percent = parts.matches() ? Double.parseDouble(parts.group(1)) : Double.NaN;
    // Written so that NaN is refused as well.
    if (!(percent <= 100)) {
      throw new TypeConversionException(
          "expected a share from 0% to 100% such as 1% or 0.5% but was '" + value + "'");
    }
    return percent / 100;
  }
}
