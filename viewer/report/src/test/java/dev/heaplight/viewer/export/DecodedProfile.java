package dev.heaplight.viewer.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A profile read back field by field, independently of the class that writes it. */
final class DecodedProfile {
  /** Field number to values: a {@link Long}, or {@code byte[]} for what has a length. */
  private final Map<Integer, List<Object>> fields;

  private DecodedProfile(byte[] bytes) {
    fields = fields(bytes);
  }

  static DecodedProfile of(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new DecodedProfile(in.readAllBytes());
    }
  }

  List<String> strings() {
    return messages(fields, 6).stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList();
  }

  /** An integer of the profile itself; 0 where the field is absent. */
  long integer(int field) {
    return integer(fields, field);
  }

  /** {@code type/unit} in order. */
  List<String> sampleTypes() {
    return messages(fields, 1).stream().map(this::valueType).toList();
  }

  String periodType() {
    return valueType(messages(fields, 11).get(0));
  }

  List<String> comments() {
    return fields.getOrDefault(13, List.of()).stream().map(n -> string((Long) n)).toList();
  }

  String defaultSampleType() {
    return string(integer(14));
  }

  /** Ids of a table: 4 of locations, 5 of functions. */
  List<Long> ids(int table) {
    return messages(fields, table).stream().map(b -> integer(fields(b), 1)).toList();
  }

  /** Each sample: {@code frame(file:line) < caller ... | values | key=value ...}. */
  List<String> samples() {
    return messages(fields, 2).stream().map(b -> sample(fields(b))).toList();
  }

  private String sample(Map<Integer, List<Object>> sample) {
    List<String> frames = packed(messages(sample, 1).get(0)).stream().map(this::location).toList();
    List<String> labels = messages(sample, 3).stream().map(b -> label(fields(b))).toList();
    return String.join(" < ", frames)
        + " | "
        + packed(messages(sample, 2).get(0))
        + " | "
        + String.join(" ", labels);
  }

  private String label(Map<Integer, List<Object>> label) {
    return string(integer(label, 1)) + "=" + string(integer(label, 2));
  }

  private String location(long id) {
    Map<Integer, List<Object>> line = fields(messages(entry(4, id), 4).get(0));
    Map<Integer, List<Object>> function = entry(5, integer(line, 1));
    String name = string(integer(function, 2));
    return name + "(" + string(integer(function, 4)) + ":" + integer(line, 2) + ")";
  }

  private Map<Integer, List<Object>> entry(int table, long id) {
    return messages(fields, table).stream()
        .map(DecodedProfile::fields)
        .filter(entry -> integer(entry, 1) == id)
        .findFirst()
        .orElseThrow();
  }

  private String valueType(byte[] message) {
    Map<Integer, List<Object>> type = fields(message);
    return string(integer(type, 1)) + "/" + string(integer(type, 2));
  }

  private String string(long number) {
    return strings().get((int) number);
  }

  private static long integer(Map<Integer, List<Object>> message, int field) {
    return (Long) message.getOrDefault(field, List.of(0L)).get(0);
  }

  private static List<byte[]> messages(Map<Integer, List<Object>> message, int field) {
    return message.getOrDefault(field, List.of()).stream().map(byte[].class::cast).toList();
  }

  private static Map<Integer, List<Object>> fields(byte[] bytes) {
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value = varint(in);
      if ((tag & 7) == 2) {
        byte[] part = new byte[((Long) value).intValue()];
        in.get(part);
        value = part;
      } else if ((tag & 7) != 0) {
        throw new IllegalStateException("neither varint nor length: tag=" + tag);
      }
      fields.computeIfAbsent((int) (tag >> 3), field -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static List<Long> packed(byte[] bytes) {
    List<Long> values = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      values.add(varint(in));
    }
    return values;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
