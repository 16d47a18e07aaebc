package dev.heaplight.format;

/** Entries of one block type, gathered until they are built into a block: count, then entries. */
final class EntryBlock {
  private final int type;
  private final PayloadWriter entries = new PayloadWriter();
  private int count;

  EntryBlock(int type) {
    this.type = type;
  }

  /** Where to write the next entry. */
  PayloadWriter next() {
    count++;
    return entries;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Bytes of the entries so far. */
  int size() {
    return entries.size();
  }

  void clear() {
    entries.clear();
    count = 0;
  }

  /** Appends count and entries to {@code prefix}, which may be empty, and makes it a block. */
  void build(BlockFile file, PayloadWriter prefix) {
    appendTo(prefix);
    file.block(type, prefix);
    prefix.clear();
  }

  /** Moves count and entries to the end of {@code payload}. */
  void appendTo(PayloadWriter payload) {
    payload.unsigned(count);
    payload.append(entries);
    clear();
  }
}
