package dev.heaplight.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The sample recordings, for tests that hold for every one. */
enum Sample {
  ALLOCATIONS,
  LIVE;

  void write(Path file) throws IOException {
    if (this == LIVE) {
      LiveSampleRecording.write(file);
    } else {
      SampleRecording.write(file);
    }
  }

  List<String> events() {
    return this == LIVE ? LiveSampleRecording.EVENTS : SampleRecording.EVENTS;
  }

  /** Number of blocks. */
  int blocks() {
    return eventsOfBlocks().length;
  }

  /** How many events block number {@code block} holds. */
  int eventsOfBlock(int block) {
    return eventsOfBlocks()[block];
  }

  /** Number of the block that is the footer, from 0. */
  int footerBlock() {
    return this == LIVE ? LiveSampleRecording.FOOTER_BLOCK : blocks() - 1;
  }

  private int[] eventsOfBlocks() {
    return this == LIVE ? LiveSampleRecording.EVENTS_OF_BLOCKS : SampleRecording.EVENTS_OF_BLOCKS;
  }
}
