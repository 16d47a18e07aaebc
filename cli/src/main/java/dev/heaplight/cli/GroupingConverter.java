package dev.heaplight.cli;

import dev.heaplight.viewer.stats.Grouping;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds what to rank by the name users type. */
final class GroupingConverter implements ITypeConverter<Grouping> {
  @Override
  public Grouping convert(String value) {
    return Arrays.stream(Grouping.values())
        .filter(grouping -> grouping.key().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of [site, class, package, thread] but was '" + value + "'"));
  }
}
