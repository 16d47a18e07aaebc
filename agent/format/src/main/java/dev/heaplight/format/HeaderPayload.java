package dev.heaplight.format;

import java.util.LinkedHashMap;
import java.util.Map;

/** The payload of a file header: what the recording says of itself. */
final class HeaderPayload {
  private HeaderPayload() {}

  /**
   * The payload of {@code header}.
   *
   * @throws IllegalArgumentException if it is too large to be read back
   */
  static PayloadWriter of(RecordingHeader header) {
    PayloadWriter payload = new PayloadWriter();
    payload.string(header.name());
    payload.string(header.kind());
    payload.string(header.id());
    payload.unsigned(header.attributes().size());
    header
        .attributes()
        .forEach(
            (key, value) -> {
              payload.string(key);
              payload.string(value);
            });
    payload.string(header.mode());
    payload.signed(header.startEpochMillis());
    payload.unsigned(header.pid());
    payload.string(header.host());
    payload.string(header.jvm());
    payload.string(header.agentVersion());
    if (payload.size() > RecordingLayout.MAX_FILE_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "recording header too large: bytes="
              + payload.size()
              + ", limit="
              + RecordingLayout.MAX_FILE_PAYLOAD_BYTES);
    }
    return payload;
  }

  static RecordingHeader read(PayloadReader in) {
    String name = in.string();
    String kind = in.string();
    String id = in.string();
    int attributeCount = in.count("attribute");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < attributeCount; i++) {
      attributes.put(in.string(), in.string());
    }
    return new RecordingHeader(
        name,
        kind,
        id,
        attributes,
        in.string(),
        in.signed(),
        in.unsigned(),
        in.string(),
        in.string(),
        in.string());
  }
}
