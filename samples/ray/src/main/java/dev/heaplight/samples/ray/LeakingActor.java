package dev.heaplight.samples.ray;

import java.util.ArrayList;
import java.util.List;

/** Keeps what each call brings. */
public final class LeakingActor {
  private static final int CHUNK_BYTES = 1_000_000;

  private final List<byte[]> kept = new ArrayList<>();

  /** Keeps another megabyte; returns how many there are. */
  public int keep() {
    kept.add(new byte[CHUNK_BYTES]);
    return kept.size();
  }
}
