package dev.heaplight.monitor.session;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all monitors and workers of a session on one node share: a mapped file.
 *
 * <pre>
 *    0  magic "HLMS"           int
 *    4  version                int
 *    8  heartbeat              long, nanoseconds of the node's monotonic clock
 *   16  leader's pid           long
 *   24  look interval          long, nanoseconds
 *   32  flush requests         long, a count
 *   40  pressure               long, 0 calm, 1 warned, 2 over the threshold
 *   48  current decision       long, (sequence * 2 + settled) * 256 + slot; 0 none yet
 *   56  brake                  long, nanoseconds until which tasks wait
 *   64  256 slots of 64 bytes:
 *       0 owner's pid, 8 sequence, 16 victim's pid, 24 start ticks, 32 task,
 *       40 action | phase * 2^8 | level * 2^32, 48 nanoseconds, 56 bytes used
 * </pre>
 *
 * <p>Deciding without a lock: a monitor writes its decision into a slot of its own and then swaps
 * the word {@code current decision} from the value it had read before it measured. Of several only
 * one succeeds, and none can that measured before an earlier decision was made or settled. A
 * monitor that is stopped, by a collection for instance, holds nothing that others wait for. Each
 * monitor owns two slots and never writes the one that is current. Everything is little-endian;
 * nanoseconds are those of {@code CLOCK_MONOTONIC}, which {@link System#nanoTime} is on Linux, the
 * same for all processes.
 *
 * <p>Thread-safe but for {@link #propose}, which one thread of an owner calls.
 */
public final class SessionState {
  static final int MAGIC = 0x534D4C48; // "HLMS", little-endian
  static final int VERSION = 1;
  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
  static final int HEARTBEAT_OFFSET = VERSION_OFFSET + Integer.BYTES;
  static final int LEADER_OFFSET = HEARTBEAT_OFFSET + Long.BYTES;
  static final int INTERVAL_OFFSET = LEADER_OFFSET + Long.BYTES;
  static final int FLUSHES_OFFSET = INTERVAL_OFFSET + Long.BYTES;
  static final int PRESSURE_OFFSET = FLUSHES_OFFSET + Long.BYTES;
  static final int DECISION_OFFSET = PRESSURE_OFFSET + Long.BYTES;
  static final int BRAKE_OFFSET = DECISION_OFFSET + Long.BYTES;
  static final int SLOTS_OFFSET = BRAKE_OFFSET + Long.BYTES;
  static final int SLOT_SIZE = 64;
  static final int SLOTS = 256;
  static final int SIZE = SLOTS_OFFSET + SLOTS * SLOT_SIZE;

  private static final int OWNER = 0;
  private static final int SEQUENCE = OWNER + Long.BYTES;
  private static final int PID = SEQUENCE + Long.BYTES;
  private static final int START_TICKS = PID + Long.BYTES;
  private static final int TASK = START_TICKS + Long.BYTES;
  private static final int ACTION = TASK + Long.BYTES;
  private static final int NANOS = ACTION + Long.BYTES;
  private static final int USED = NANOS + Long.BYTES;
  private static final int PHASES = 256;
  private static final long PHASE_MASK = 0xFF00;
  private static final int LEVEL_SHIFT = 32;
  private static final int NO_SLOT = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer memory;
  private int firstSlot = NO_SLOT;
  private int secondSlot = NO_SLOT;

  private SessionState(ByteBuffer memory) {
    this.memory = memory;
  }

  /**
   * Opens the file, made if there is none.
   *
   * @throws IOException if it cannot be mapped, or another version made it
   */
  public static SessionState open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      try (FileLock lock = channel.lock()) { // only while the file is made
        if (channel.size() < SIZE) { // written, not a hole: a full disk shows here and not later
          channel.write(ByteBuffer.allocate(SIZE), 0);
        }
        MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        SessionState state = new SessionState(map);
        if (lock.isValid() && (int) INTS.getVolatile(map, MAGIC_OFFSET) == 0) {
          INTS.setVolatile(map, VERSION_OFFSET, VERSION);
          INTS.setVolatile(map, MAGIC_OFFSET, MAGIC);
        }
        int magic = (int) INTS.getVolatile(map, MAGIC_OFFSET);
        int version = (int) INTS.getVolatile(map, VERSION_OFFSET);
        if (magic != MAGIC || version != VERSION) {
          throw new IOException(
              "monitor state: expected version="
                  + VERSION
                  + ", actual="
                  + version
                  + ", magic="
                  + Integer.toHexString(magic)
                  + ", path="
                  + file);
        }
        return state;
      }
    }
  }

  /**
   * Takes two slots for the decisions of {@code pid}, free ones or those of a process that is gone.
   *
   * @return false if all are in use: this monitor can follow but not decide
   */
  public boolean enrol(long pid, LongPredicate alive) {
    for (int slot = 0; slot < SLOTS && secondSlot == NO_SLOT; slot++) {
      long owner = get(at(slot, OWNER));
      boolean free = owner == 0 || (!alive.test(owner) && currentSlot() != slot);
      if (free && LONGS.compareAndSet(memory, at(slot, OWNER), owner, pid)) {
        if (firstSlot == NO_SLOT) {
          firstSlot = slot;
        } else {
          secondSlot = slot;
        }
      }
    }
    return secondSlot != NO_SLOT;
  }

  /** Gives the slots back. */
  public void leave() {
    for (int slot : new int[] {firstSlot, secondSlot}) {
      if (slot != NO_SLOT && slot != currentSlot()) {
        put(at(slot, OWNER), 0);
      }
    }
  }

  /** Says that the leader is well. */
  public void beat(long pid, long nanos) {
    put(LEADER_OFFSET, pid);
    put(HEARTBEAT_OFFSET, nanos);
  }

  /** Says that {@code pid} leads no more, of its own will; nothing if another leads by now. */
  public void resign(long pid) {
    if (LONGS.compareAndSet(memory, LEADER_OFFSET, pid, 0L)) {
      put(HEARTBEAT_OFFSET, 0);
    }
  }

  /** When the leader was well last; 0 if there was none, or it resigned. */
  public long heartbeatNanos() {
    return get(HEARTBEAT_OFFSET);
  }

  /** The process that led last; 0 if there was none, or it resigned. */
  public long leaderPid() {
    return get(LEADER_OFFSET);
  }

  /** How often workers are to look here. */
  public void setLookNanos(long nanos) {
    put(INTERVAL_OFFSET, nanos);
  }

  /** How often workers are to look here; 0 if nobody said. */
  public long lookNanos() {
    return get(INTERVAL_OFFSET);
  }

  /** Asks all workers to flush their recordings. */
  public void requestFlush() {
    long unused = (long) LONGS.getAndAdd(memory, FLUSHES_OFFSET, 1L);
  }

  /** How often a flush was asked for. */
  public long flushRequests() {
    return get(FLUSHES_OFFSET);
  }

  /**
   * Sets how tight memory is: 0 calm, 1 warned, 2 over the threshold.
   *
   * @return how tight it was before; the new value if another monitor just set something else
   */
  public int changePressure(int pressure) {
    long before = get(PRESSURE_OFFSET);
    boolean changed = LONGS.compareAndSet(memory, PRESSURE_OFFSET, before, (long) pressure);
    return changed ? (int) before : pressure;
  }

  /** How tight memory is. */
  public int pressure() {
    return (int) get(PRESSURE_OFFSET);
  }

  /** Has tasks of all workers wait at their next allocation, until {@code nanos}. */
  public void brake(long nanos) {
    put(BRAKE_OFFSET, nanos);
  }

  /** Until when tasks are to wait. */
  public long brakeNanos() {
    return get(BRAKE_OFFSET);
  }

  /**
   * How many monitors whose process is alive have a place before this one; large if it has none
   * itself.
   */
  public int rank(LongPredicate alive) {
    if (secondSlot == NO_SLOT) {
      return SLOTS;
    }
    int before = 0;
    long last = 0;
    for (int slot = 0; slot < firstSlot; slot++) {
      long owner = get(at(slot, OWNER));
      before += owner != 0 && owner != last && alive.test(owner) ? 1 : 0;
      last = owner;
    }
    return before;
  }

  /** What stands for all that was decided so far: read before memory is, given to propose. */
  public long version() {
    return get(DECISION_OFFSET);
  }

  /** The last decision; null if there was none. */
  public @Nullable Decision current() {
    while (true) {
      long word = version();
      if (word == 0) {
        return null;
      }
      Decision decision = read(slot(word), isSettled(word));
      if (version() == word) {
        return decision;
      }
    }
  }

  /**
   * Makes a decision the current one, unless another was made since {@code version}.
   *
   * @param decision its sequence is set here
   * @return the decision as it now stands, or null if it was not accepted
   */
  public @Nullable Decision propose(long version, Decision decision) {
    if (secondSlot == NO_SLOT) {
      return null;
    }
    int slot = currentSlot() == firstSlot ? secondSlot : firstSlot;
    long sequence = sequence(version) + 1;
    put(at(slot, SEQUENCE), sequence);
    put(at(slot, PID), decision.victim().pid());
    put(at(slot, START_TICKS), decision.victim().startTicks());
    put(at(slot, TASK), decision.task());
    put(at(slot, ACTION), decision.action().code() | ((long) decision.level() << LEVEL_SHIFT));
    put(at(slot, NANOS), decision.decidedNanos());
    put(at(slot, USED), decision.usedBytes());
    boolean accepted =
        LONGS.compareAndSet(memory, DECISION_OFFSET, version, sequence * 2 * SLOTS + slot);
    return accepted ? current() : null;
  }

  /**
   * Moves the current decision on by one phase or more.
   *
   * @return false if it is another by now, or has come further
   */
  public boolean advance(Decision decision, Decision.Phase phase) {
    long word = version();
    if (sequence(word) != decision.sequence() || isSettled(word)) {
      return false;
    }
    if (phase == Decision.Phase.SETTLED) {
      return LONGS.compareAndSet(memory, DECISION_OFFSET, word, word + SLOTS);
    }
    int offset = at(slot(word), ACTION);
    while (true) {
      long present = get(offset);
      if ((present & PHASE_MASK) / PHASES >= phase.code() || version() != word) {
        return false;
      }
      long next = (present & ~PHASE_MASK) | (long) phase.code() * PHASES;
      if (LONGS.compareAndSet(memory, offset, present, next)) {
        return true;
      }
    }
  }

  private static long sequence(long word) {
    return word / SLOTS / 2;
  }

  private static boolean isSettled(long word) {
    return word / SLOTS % 2 == 1;
  }

  private static int slot(long word) {
    return (int) (word % SLOTS);
  }

  private Decision read(int slot, boolean settled) {
    long action = get(at(slot, ACTION));
    return new Decision(
        get(at(slot, SEQUENCE)),
        new ProcessIdentity(get(at(slot, PID)), get(at(slot, START_TICKS))),
        get(at(slot, TASK)),
        Decision.Action.of(action & (PHASES - 1)),
        settled ? Decision.Phase.SETTLED : Decision.Phase.of((action & PHASE_MASK) / PHASES),
        get(at(slot, NANOS)),
        get(at(slot, USED)),
        (int) (action >> LEVEL_SHIFT),
        get(at(slot, OWNER)));
  }

  private int currentSlot() {
    long word = version();
    return word == 0 ? NO_SLOT : slot(word);
  }

  private static int at(int slot, int field) {
    return SLOTS_OFFSET + slot * SLOT_SIZE + field;
  }

  private long get(int offset) {
    return (long) LONGS.getVolatile(memory, offset);
  }

  private void put(int offset, long value) {
    LONGS.setVolatile(memory, offset, value);
  }
}
