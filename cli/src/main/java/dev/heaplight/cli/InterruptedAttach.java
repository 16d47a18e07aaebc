package dev.heaplight.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * What happens when the attach command is interrupted, by Ctrl-C for instance, while it waits: it
 * detaches again, since nobody would do so otherwise.
 */
final class InterruptedAttach {
  private final TargetJvm target;
  private final Path agentJar;
  private final PrintWriter err;
  private final Thread hook = new Thread(this::detach, "detach");

  InterruptedAttach(TargetJvm target, Path agentJar, CommandLine commandLine) {
    this.target = target;
    this.agentJar = agentJar;
    this.err = commandLine.getErr();
  }

  /** Before the agent is asked to attach. */
  void expect() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** After the command's work is done. */
  void expectNoMore() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // it runs just now
    }
  }

  private void detach() {
    try {
      TargetJvm.Answer answer = target.await(target.send(agentJar, "verb=detach"), "closed");
      err.println("heaplight: interrupted and detached: recording ended early: " + answer.text());
    } catch (UserError e) {
      err.println("heaplight: interrupted: " + e.getMessage());
    }
    err.flush();
  }
}
