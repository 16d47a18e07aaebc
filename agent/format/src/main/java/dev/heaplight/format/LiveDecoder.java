package dev.heaplight.format;

import dev.heaplight.format.PayloadReader.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a composition of live objects together again. */
final class LiveDecoder {
  private final RecordingVisitor visitor;
  private final boolean anyNumber;
  private @Nullable LiveHeader unfinished;

  /**
   * A decoder.
   *
   * @param anyNumber whether numbers of stacks, strings and threads are not checked, because no
   *     tables are read
   */
  LiveDecoder(RecordingVisitor visitor, boolean anyNumber) {
    this.visitor = visitor;
    this.anyNumber = anyNumber;
  }

  void decode(PayloadReader in, Dictionary dictionary) {
    LiveHeader header =
        new LiveHeader(
            LiveKind.ofCode(in.unsigned()), in.total(), in.total(), in.string(), in.total());
    int part = part(in);
    if ((part & RecordingLayout.PART_CONTINUES) == 0) {
      visitor.live(header);
    } else if (!header.equals(unfinished)) {
      throw new MalformedPayload(
          unfinished == null ? "a first part" : "the next part of an unfinished composition",
          "a later part of another composition");
    }
    int entries = in.count("entry");
    for (int i = 0; i < entries; i++) {
      visitor.liveEntry(
          in.index(limit(dictionary.stackCount()), "stack"),
          in.index(limit(dictionary.stringCount()), "string"),
          in.index(limit(dictionary.threadCount()), "thread"),
          in.total(),
          in.total());
    }
    unfinished = (part & RecordingLayout.PART_MORE_FOLLOW) == 0 ? null : header;
    if (unfinished == null) {
      visitor.liveEnd();
    }
  }

  private int limit(int count) {
    return anyNumber ? Integer.MAX_VALUE : count;
  }

  private static int part(PayloadReader in) {
    long part = in.unsigned();
    int known = RecordingLayout.PART_CONTINUES | RecordingLayout.PART_MORE_FOLLOW;
    if ((part & ~known) != 0) {
      throw new MalformedPayload("part flags of 0 to " + known, Long.toUnsignedString(part));
    }
    return (int) part;
  }
}
