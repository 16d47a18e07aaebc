package dev.heaplight.monitor.account;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The processes that use most memory, whoever's they are. */
public final class TopUsers {
  private static final int MAX_COMMAND_CHARS = 100;

  private TopUsers() {}

  /**
   * A process.
   *
   * @param pid its number
   * @param bytes what it alone accounts for, by {@link ProcessMemory}
   * @param command its command line, cut off where it is long
   */
  public record User(long pid, long bytes, String command) {}

  /**
   * The largest {@code count} processes that can be seen, largest first; some 20 us for each
   * process there is.
   *
   * @param sharedHeaps what workers have of their heaps in shared memory, by process
   */
  public static List<User> list(Path root, int count, Map<Long, Long> sharedHeaps) {
    List<User> users = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve("proc"), "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(String.valueOf(entry.getFileName()));
        ProcessMemory memory = ProcessMemory.of(root, pid, sharedHeaps.getOrDefault(pid, 0L));
        if (memory != null) {
          users.add(new User(pid, memory.privateBytes(), ""));
        }
      }
    } catch (IOException | RuntimeException e) {
      return List.of(); // the kernel does not show it; the report goes without
    }
    return users.stream()
        .sorted(Comparator.comparingLong(User::bytes).reversed())
        .limit(count)
        .map(user -> new User(user.pid(), user.bytes(), command(root, user.pid())))
        .toList();
  }

  private static String command(Path root, long pid) {
    try (KernelFile words = new KernelFile(root.resolve("proc/" + pid + "/cmdline"));
        KernelFile name = new KernelFile(root.resolve("proc/" + pid + "/comm"))) {
      String command = words.read() ? words.text().replace('\0', ' ').strip() : "";
      if (command.isEmpty() && name.read()) {
        command = "[" + name.text().strip() + "]"; // a thread of the kernel's
      }
      return command.length() <= MAX_COMMAND_CHARS
          ? command
          : command.substring(0, MAX_COMMAND_CHARS) + "...";
    }
  }
}
