package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes memory outside of the heap in each way the JDK has, and gives some of it back. */
public final class OffHeapKinds {
  private static final List<ByteBuffer> KEPT = new ArrayList<>();

  private static Object unsafe = "";

  private OffHeapKinds() {}

  /** The argument is a file that may be mapped. */
  public static void main(String[] arguments) throws Exception {
    unsafe = unsafe();
    allocateUnsafe(64); // before any scope: freed inside, and unknown there
    try (Tracker outer = Tracker.open("outer")) {
      long leftBehind;
      try (Tracker inner = Tracker.open("inner")) {
        keepDirect();
        dropDirect();
        mapped(Path.of(arguments[0]));
        unsafeMemory();
        arena();
        leftBehind = allocateUnsafe(4096);
      }
      try (Tracker other = Tracker.open("other")) {
        freeElsewhere(leftBehind);
      }
    }
    System.out.println("done");
  }

  private static void keepDirect() {
    for (int i = 0; i < 100; i++) {
      KEPT.add(ByteBuffer.allocateDirect(1000));
    }
  }

  private static void dropDirect() throws Exception {
    for (int i = 0; i < 50; i++) {
      clean(ByteBuffer.allocateDirect(2000));
    }
  }

  private static void clean(ByteBuffer buffer) throws Exception {
    call("invokeCleaner", new Class<?>[] {ByteBuffer.class}, buffer);
  }

  private static void mapped(Path file) throws Exception {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW)) {
      KEPT.add(channel.map(FileChannel.MapMode.READ_WRITE, 0, 100_000));
      MappedByteBuffer dropped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 50_000);
      clean(dropped);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unsafeMemory() throws Exception {
    long first = allocateUnsafe(1024);
    long grown = reallocate(first, 3000);
    free(grown);
    free(0);
    long fresh = reallocate(0, 800);
    reallocate(fresh, 0);
    try {
      allocateUnsafe(Long.MAX_VALUE >> 2);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof OutOfMemoryError)) {
        throw e;
      }
    }
    long kept = allocateUnsafe(512);
    try {
      reallocate(kept, Long.MAX_VALUE >> 2);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof OutOfMemoryError)) {
        throw e;
      }
    }
  }

  /** The foreign memory API by reflection: it is not in JDK 17. */
  private static void arena() throws Exception {
    Class<?> arenaClass;
    try {
      arenaClass = Class.forName("java.lang.foreign.Arena");
    } catch (ClassNotFoundException e) {
      return;
    }
    Method allocate = arenaClass.getMethod("allocate", long.class, long.class);
    Object confined = arenaClass.getMethod("ofConfined").invoke(null);
    allocate.invoke(confined, 10_000L, 8L);
    arenaClass.getMethod("close").invoke(confined);
    allocate.invoke(arenaClass.getMethod("global").invoke(null), 20_000L, 8L);
  }

  private static void freeElsewhere(long address) throws InterruptedException {
    Thread freeing =
        new Thread(
            () -> {
              try {
                free(address);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    freeing.start();
    while (freeing.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long allocateUnsafe(long bytes) throws Exception {
    return (Long) call("allocateMemory", new Class<?>[] {long.class}, bytes);
  }

  private static long reallocate(long address, long bytes) throws Exception {
    return (Long) call("reallocateMemory", new Class<?>[] {long.class, long.class}, address, bytes);
  }

  private static void free(long address) throws Exception {
    call("freeMemory", new Class<?>[] {long.class}, address);
  }

  private static Object call(String name, Class<?>[] types, Object... arguments) throws Exception {
    return unsafe.getClass().getMethod(name, types).invoke(unsafe, arguments);
  }

  private static Object unsafe() throws Exception {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return field.get(null);
  }
}
