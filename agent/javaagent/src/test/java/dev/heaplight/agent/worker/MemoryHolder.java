package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Holds memory of each sort until its recording has grown, and prints what the kernel says. */
public final class MemoryHolder {
  public static final int DIRECT_BYTES = 64 << 20;
  public static final int HEAP_BYTES = 100 << 20;

  private static final int PIECE_BYTES = 100_000;
  private static final List<Object> HELD = new ArrayList<>();

  private MemoryHolder() {}

  /** Takes the categories of native memory tracking whose committed bytes are printed as well. */
  public static void main(String[] arguments) throws IOException {
    try (Tracker tracker = Tracker.open("holder")) {
      HELD.add(ByteBuffer.allocateDirect(DIRECT_BYTES));
      for (int held = 0; held < HEAP_BYTES; held += PIECE_BYTES) {
        HELD.add(new byte[PIECE_BYTES]);
      }
      Path recording = tracker.file().orElseThrow();
      awaitGrowth(recording);
      awaitGrowth(recording); // whatever this flush took was measured after all was held
      System.out.println(figure("/proc/self/status", "VmRSS:"));
      System.out.println(figure("/proc/self/smaps_rollup", "Pss_Anon:"));
      System.out.println(figure("/proc/self/status", "RssFile:"));
      Path threads = Path.of("/proc/self/task");
      System.out.println(threads.toFile().list().length);
      for (String argument : arguments) {
        System.out.println(trackedBytes(argument));
      }
    }
  }

  /** By the JDK's own command. */
  private static long trackedBytes(String category) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    long pid = ProcessHandle.current().pid();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "VM.native_memory", "summary").start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String line = text.lines().filter(l -> l.contains(" " + category + " (")).findFirst().get();
    String committed = line.substring(line.indexOf("committed=") + "committed=".length());
    return Long.parseLong(committed.substring(0, committed.indexOf("KB"))) << 10;
  }

  private static void awaitGrowth(Path file) throws IOException {
    long size = Files.size(file);
    while (Files.size(file) == size) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static long figure(String file, String label) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.startsWith(label)) {
        String number = line.substring(label.length(), line.length() - " kB".length()).strip();
        return Long.parseLong(number) * 1024;
      }
    }
    throw new IllegalStateException("no figure: file=" + file + ", label=" + label);
  }
}
