package dev.heaplight.monitor.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which directories bound a process's memory: its cgroup and all above it, as far as they are
 * mounted here.
 *
 * <p>Sources: {@code /proc/<pid>/cgroup} names the cgroup below the root of its hierarchy, {@code
 * /proc/self/mountinfo} says which part of that hierarchy is mounted where; see cgroups(7). Inside
 * a container only a part is, and a cgroup outside of it shows as {@code /../x}: then the mount
 * itself is the nearest that can be seen.
 */
public final class CgroupPaths {
  private static final String V1 = "cgroup";
  private static final String V2 = "cgroup2";

  private final Path root;
  private final List<Mount> mounts;

  /** A mounted part of a hierarchy. */
  private record Mount(boolean second, String from, Path at) {}

  /** Reads which hierarchies are mounted below {@code root}. */
  public CgroupPaths(Path root) {
    this.root = root;
    this.mounts = mounts(root);
  }

  /** The directories that bound a process, innermost first; none if the kernel does not tell. */
  public List<Path> of(long pid) {
    List<Path> directories = new ArrayList<>();
    for (String line : lines(root.resolve("proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3); // number:controllers:path
      if (parts.length == 3) {
        boolean second = parts[0].equals("0") && parts[1].isEmpty();
        if (second || List.of(parts[1].split(",", -1)).contains("memory")) {
          add(second, parts[2], directories);
        }
      }
    }
    return directories;
  }

  private void add(boolean second, String path, List<Path> directories) {
    Mount mount = mount(second, path);
    if (mount == null) {
      return;
    }
    for (Path at = directory(mount, path);
        at != null && at.startsWith(mount.at());
        at = at.getParent()) {
      if (Files.exists(at.resolve(second ? "memory.max" : "memory.limit_in_bytes"))) {
        directories.add(at);
      }
    }
  }

  /** The mount that shows most of the path. */
  private @Nullable Mount mount(boolean second, String path) {
    Mount best = null;
    for (Mount mount : mounts) {
      if (mount.second() == second && (best == null || shows(mount, path) > shows(best, path))) {
        best = mount;
      }
    }
    return best;
  }

  /** How much of the path a mount begins with; -1 if it does not show it. */
  private static int shows(Mount mount, String path) {
    return isBelow(path, mount.from()) ? mount.from().length() : -1;
  }

  private static Path directory(Mount mount, String path) {
    if (path.startsWith("/..") || !isBelow(path, mount.from())) {
      return mount.at();
    }
    String rest = mount.from().equals("/") ? path : path.substring(mount.from().length());
    Path directory = mount.at().resolve(rest.replaceFirst("^/+", "")).normalize();
    return Files.isDirectory(directory) ? directory : mount.at();
  }

  private static boolean isBelow(String path, String from) {
    return from.equals("/") || path.equals(from) || path.startsWith(from + "/");
  }

  private static List<Mount> mounts(Path root) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines(root.resolve("proc/self/mountinfo"))) {
      int separator = line.indexOf(" - ");
      if (separator < 0) {
        continue;
      }
      String[] before = line.substring(0, separator).split(" ", -1);
      String[] after = line.substring(separator + 3).split(" ", -1);
      if (before.length < 5 || after.length < 3) {
        continue;
      }
      boolean second = after[0].equals(V2);
      boolean memory = after[0].equals(V1) && List.of(after[2].split(",", -1)).contains("memory");
      if (second || memory) {
        String at = unescaped(before[4]).replaceFirst("^/+", "");
        mounts.add(new Mount(second, unescaped(before[3]), root.resolve(at)));
      }
    }
    return mounts;
  }

  /** Spaces, tabs, line feeds and backslashes stand there as octal numbers. */
  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
