package dev.heaplight.format;

/**
 * A composition of live objects on its way into blocks. A composition too large for one block is
 * split; each part says whether one came before and whether one follows, so that a reader can tell
 * a whole composition from one that a kill cut short.
 */
final class LiveBlocks {
  private final EntryBlock entries = new EntryBlock(RecordingLayout.TYPE_LIVE);
  private final PayloadWriter prefix = new PayloadWriter();
  private final LiveHeader header;
  private boolean continued;

  LiveBlocks(LiveHeader header) {
    this.header = header;
  }

  /** Bytes of the entries that are not in a block yet. */
  int size() {
    return entries.size();
  }

  void entry(int stack, int className, int thread, long objects, long bytes) {
    PayloadWriter entry = entries.next();
    entry.unsigned(stack);
    entry.unsigned(className);
    entry.unsigned(thread);
    entry.total(objects);
    entry.total(bytes);
  }

  /** Builds a block of the entries since the last one. */
  void build(BlockFile file, boolean moreFollow) {
    prefix.unsigned(header.kind().code());
    prefix.total(header.elapsedMillis());
    prefix.total(header.collection());
    prefix.string(header.collector());
    prefix.total(header.samples());
    int continues = continued ? RecordingLayout.PART_CONTINUES : 0;
    prefix.unsigned(continues | (moreFollow ? RecordingLayout.PART_MORE_FOLLOW : 0));
    entries.build(file, prefix);
    continued = true;
  }
}
