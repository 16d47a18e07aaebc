package dev.heaplight.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A running JVM as the JDK's attach API reaches it, and the agent in it.
 *
 * <p>Requests and answers: a request is the options of an agent that is loaded, for loading is all
 * the API can do. The agent answers in the JVM's agent properties, which are asked for until the
 * answer is there; the keys are the agent's {@code AttachAnswers}. Thread-safe.
 */
final class TargetJvm implements AutoCloseable {
  private static final String ATTACHED = "heaplight.attached";
  private static final String ANSWER = "heaplight.answer.";
  private static final int OLDEST = 17;

  /** What a JVM before 21 takes of an agent's path and options together, in bytes. */
  private static final int MAX_ARGUMENT_BYTES = 1_000;

  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final TargetProcess process;
  private final VirtualMachine jvm;
  private final String what;

  /**
   * The state of a request.
   *
   * @param state {@code taken}, {@code opened}, {@code closed} or {@code failed}
   * @param text the recording's path, or why it failed and what to do
   */
  record Answer(String state, String text) {}

  private TargetJvm(TargetProcess process, VirtualMachine jvm, String what) {
    this.process = process;
    this.jvm = jvm;
    this.what = what;
  }

  /**
   * Attaches to a process.
   *
   * @param what what cannot be done if that fails
   */
  static TargetJvm of(long pid, String what) throws UserError {
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw new UserError(
          what,
          "the Java that runs heaplight has no module jdk.attach",
          "set JAVA_HOME to a JDK of version " + OLDEST + " or newer");
    }
    TargetProcess process = new TargetProcess(pid, what);
    process.check();
    try {
      TargetJvm target = new TargetJvm(process, VirtualMachine.attach(Long.toString(pid)), what);
      target.checkVersion();
      return target;
    } catch (AttachNotSupportedException e) {
      throw new UserError(
          what,
          "attaching is disabled in it (-XX:+DisableAttachMechanism) or it does not respond",
          "start it with the agent instead",
          e);
    } catch (IOException e) {
      throw new UserError(what, message(e), "check that it is a JVM of this user", e);
    }
  }

  private void checkVersion() throws IOException, UserError {
    String version = jvm.getSystemProperties().getProperty("java.specification.version", "");
    int major = major(version);
    if (major != 0 && major < OLDEST) {
      close();
      throw new UserError(what, "it is Java " + version, "run it on Java " + OLDEST + " or newer");
    }
  }

  /** The number in {@code 1.8} or {@code 17}; 0 if there is none. */
  static int major(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    return number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
  }

  /** The recording of an attach that goes on; null if there is none. */
  @Nullable String attachedFile() throws UserError {
    return property(ATTACHED);
  }

  /** Sends a request to the agent, which is loaded for it if it is not there. */
  String send(Path agentJar, String options) throws UserError {
    String id = Long.toHexString(System.nanoTime());
    String text = "request=" + id + "," + options;
    if ((agentJar + "=" + text).getBytes(StandardCharsets.UTF_8).length > MAX_ARGUMENT_BYTES) {
      throw new UserError(what, "the agent's path and options are too long", "give fewer options");
    }
    try {
      jvm.loadAgent(agentJar.toString(), text);
    } catch (AgentLoadException e) {
      throw notLoaded(agentJar, e);
    } catch (AgentInitializationException e) {
      throw new UserError(what, "its agent failed", "see its standard error", e);
    } catch (IOException e) {
      throw lost(e);
    }
    if (answer(id).state().isEmpty()) {
      throw new UserError(what, "its agent gave no answer", "see its standard error");
    }
    return id;
  }

  /** The answer of this moment; one without a state if there is none. */
  Answer answer(String id) throws UserError {
    String text = property(ANSWER + id);
    int line = text == null ? -1 : text.indexOf('\n');
    return text == null || line < 0
        ? new Answer("", "")
        : new Answer(text.substring(0, line), text.substring(line + 1));
  }

  /**
   * Waits for an answer that has this state or is the last.
   *
   * @throws UserError with the agent's own words if it could not do what was asked
   */
  Answer await(String id, String state) throws UserError {
    while (true) {
      Answer answer = answer(id);
      if (answer.state().equals("failed")) {
        int remedy = answer.text().lastIndexOf("; ");
        throw remedy < 0
            ? new UserError(what, answer.text(), "see its standard error")
            : new UserError(
                what, answer.text().substring(0, remedy), answer.text().substring(remedy + 2));
      }
      if (answer.state().equals(state) || answer.state().equals("closed")) {
        return answer;
      }
      LockSupport.parkNanos(ASK_NANOS);
    }
  }

  /** Whether the process still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    try {
      jvm.detach();
    } catch (IOException e) {
      return; // nothing of ours stays behind
    }
  }

  private @Nullable String property(String key) throws UserError {
    try {
      return jvm.getAgentProperties().getProperty(key);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private UserError notLoaded(Path agentJar, AgentLoadException e) {
    String message = message(e);
    if (message.contains("EnableDynamicAgentLoading")) {
      return new UserError(
          what,
          "it was started with -XX:-EnableDynamicAgentLoading",
          "start it without that, or with the agent",
          e);
    }
    if (message.contains("Agent JAR not found")) {
      return new UserError(
          what,
          "it cannot read " + agentJar,
          "install heaplight where the JVM's user can read it, in the same container",
          e);
    }
    return new UserError(what, message, "see its standard error", e);
  }

  private UserError lost(IOException e) {
    return !process.isEnding()
        ? new UserError(
            what, message(e), "check that it still responds, with jstack for instance", e)
        : new UserError(what, "it has ended", "find the number of a running JVM with jps or ps", e);
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null || message.isEmpty() ? e.toString() : message;
  }
}
