package dev.heaplight.server.session;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a process is for, as far as its command line tells. */
public enum Role {
  /** Runs no tasks itself: a cluster's own. */
  HEAD("gcs_server|raylet|ray/dashboard|deploy\\.(?:master\\.Master|worker\\.Worker)\\b"),
  /** Hands tasks out. */
  DRIVER(
      "deploy\\.SparkSubmit\\b|\\bdefault_driver\\b|\\bDriverWrapper\\b|\\bApplicationMaster\\b"),
  /** Watches the others. */
  MONITOR("heaplight\\.cli\\.Heaplight\\b.*\\b(?:monitor|serve|top)\\b"),
  /** Runs tasks. */
  WORKER("(?!)"),
  /** None of these. */
  OTHER("");

  private final Pattern command;

  Role(String command) {
    this.command = Pattern.compile(command);
  }

  /** The role of a worker of the session by its command line. */
  static Role ofWorker(String command) {
    Role role = of(command);
    return role == OTHER ? WORKER : role;
  }

  /** The role of any process by its command line. */
  public static Role of(String command) {
    for (Role role : values()) {
      if (role.command.matcher(command).find()) {
        return role;
      }
    }
    return OTHER;
  }

  /** In small letters. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
