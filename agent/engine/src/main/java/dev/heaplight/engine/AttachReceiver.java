package dev.heaplight.engine;

import dev.heaplight.engine.AttachAnswers.State;
import dev.heaplight.engine.AttachRequest.Verb;
import dev.heaplight.engine.method.MethodRule;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.ScopeBridge;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what the attach command asks: opens a scope of the whole process in a program that runs
 * already, and closes it again.
 *
 * <p>An agent that was there from the JVM's start only lends its scopes. One that came with the
 * command weaves everything first and leaves the JVM with the scope; then another may come.
 *
 * <p>Threads: each request has a thread of the agent's own, because the JVM's for attaching is the
 * application's to use; they take turns at this object.
 */
final class AttachReceiver {
  private final Instrumentation instrumentation;
  private final String agentVersion;
  private final SiteTable sites;
  private final @Nullable StartUp fromStart;
  private final AgentLog log = new AgentLog(System.err, false);
  private final AttachAnswers answers;
  private @Nullable Attached current;

  /** What an attach request has brought about. */
  private static final class Attached {
    private final StartUp agent;
    private final Scope scope;
    private final String requestId;

    Attached(StartUp agent, Scope scope, String requestId) {
      this.agent = agent;
      this.scope = scope;
      this.requestId = requestId;
    }

    String file() {
      return scope.file().toString();
    }
  }

  /** Why a request is not met: a reason and what to do, with a semicolon between them. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason);
    }
  }

  /**
   * A receiver for the JVM's only agent.
   *
   * @param fromStart the agent that was started with the JVM; null if none was
   * @param engine takes further requests, which find it through the hook
   * @throws ReflectiveOperationException if this JVM has no way to answer
   */
  AttachReceiver(
      Instrumentation instrumentation,
      String agentVersion,
      SiteTable sites,
      @Nullable StartUp fromStart,
      Consumer<@Nullable Object[]> engine)
      throws ReflectiveOperationException {
    this.answers = AttachAnswers.of(instrumentation);
    this.instrumentation = instrumentation;
    this.agentVersion = agentVersion;
    this.sites = sites;
    this.fromStart = fromStart;
    ScopeBridge.setAgent(engine);
  }

  /**
   * Takes a request, which is met later.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  void take(@Nullable String text) {
    AttachRequest request = AttachRequest.parse(text);
    answers.answer(request.id(), State.TAKEN, "");
    new AgentThread("heaplight-attach") {
      @Override
      public void run() {
        meet(request);
      }
    }.start();
  }

  private synchronized void meet(AttachRequest request) {
    try {
      if (request.verb() == Verb.DETACH) {
        String file = close();
        answers.answer(request.id(), State.CLOSED, file);
      } else if (request.verb() == Verb.MODE) {
        answers.answer(request.id(), State.CLOSED, switchMode(request));
      } else {
        Attached attached = open(request);
        if (request.durationMillis() > 0) {
          closeAfter(attached, request.durationMillis());
        }
      }
    } catch (Refusal e) {
      answers.answer(request.id(), State.FAILED, String.valueOf(e.getMessage()));
    } catch (Throwable t) {
      log.report("attach failed, the application goes on", request.verb().name(), t);
      answers.answer(
          request.id(), State.FAILED, "agent failed: " + t + "; see the JVM's standard error");
    }
  }

  private Attached open(AttachRequest request)
      throws Refusal, IOException, UnmodifiableClassException {
    if (current != null) {
      throw new Refusal(
          "it is attached already, recording " + current.file() + "; detach from it first");
    }
    AgentOptions options = optionsOf(request);
    StartUp agent = fromStart != null ? ready(fromStart, request) : newAgent(options);
    Attached attached;
    try {
      Scope scope =
          agent
              .scopes()
              .openLateProcess(
                  ProcessScope.request(), fromStart == null ? null : options.session());
      attached = new Attached(agent, scope, request.id());
    } catch (IOException e) {
      leave(agent);
      throw notWritable(e);
    }
    current = attached;
    answers.attached(attached.file());
    answers.answer(request.id(), State.OPENED, attached.file());
    return attached;
  }

  /** Switches the mode of scopes that open from now on; returns what is so now. */
  private String switchMode(AttachRequest request) throws Refusal {
    Attached attached = current;
    StartUp agent = fromStart != null ? fromStart : attached == null ? null : attached.agent;
    if (agent == null) {
      throw new Refusal("there is no agent in it; start it with the agent, or attach to it");
    }
    if (!ScopeBridge.awaitReady()) {
      throw new Refusal("its agent is not ready or did not start; see its standard error");
    }
    CaptureMode.Mode next;
    try {
      next = AgentOptions.parse(request.agentOptions(), Map.of()).mode();
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage() + "; correct the mode");
    }
    String failure = agent.switchMode(next);
    if (!failure.isEmpty()) {
      throw new Refusal(failure);
    }
    return next.text();
  }

  private static AgentOptions optionsOf(AttachRequest request) throws Refusal {
    try {
      AgentOptions options = AgentOptions.parse(request.optionsOfNewAgent(), System.getenv());
      if (options.mode() == CaptureMode.Mode.OFF) {
        throw new Refusal("mode=off records nothing; leave it out");
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage() + "; correct the option");
    }
  }

  /** The agent from the JVM's start, if it can do what is asked. */
  private static StartUp ready(StartUp agent, AttachRequest request) throws Refusal {
    for (String option : request.agentOptions().split(",", -1)) {
      if (!option.isEmpty() && !option.startsWith("session=")) {
        throw new Refusal(
            "the agent is in it since its start and keeps its options, not "
                + option
                + "; leave that out");
      }
    }
    Scope process = agent.scopes().process();
    if (process != null) {
      throw new Refusal("it is recorded whole since its start; read " + process.file());
    }
    if (!ScopeBridge.awaitReady()) {
      throw new Refusal("its agent is not ready or did not start; see its standard error");
    }
    return agent;
  }

  private StartUp newAgent(AgentOptions options)
      throws Refusal, IOException, UnmodifiableClassException {
    List<MethodRule> methods;
    try {
      methods = options.methodRules();
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage() + "; correct the option");
    }
    AgentLog chosen = new AgentLog(System.err, options.verbose());
    StartUp agent = new StartUp(instrumentation, options, methods, sites, agentVersion, chosen);
    try {
      agent.scopes().prepareSession();
    } catch (IOException e) {
      throw notWritable(e);
    }
    try {
      agent.runLate();
    } catch (Throwable t) {
      agent.leave();
      throw t;
    }
    return agent;
  }

  private static Refusal notWritable(IOException e) {
    String kind =
        e instanceof AccessDeniedException
            ? "permission denied: "
            : e instanceof NoSuchFileException
                ? "no such directory: "
                : e instanceof FileAlreadyExistsException ? "not a directory: " : "";
    String why = kind + e.getMessage();
    return new Refusal("cannot write the recording, " + why + "; give a directory with --session");
  }

  /** Closes the open scope and returns its file. */
  private String close() throws Refusal {
    Attached attached = current;
    if (attached == null) {
      throw new Refusal("it is not attached; nothing to detach from");
    }
    current = null;
    try {
      attached.agent.scopes().closeLateProcess(attached.scope);
      leave(attached.agent);
    } finally {
      answers.attached(null);
      answers.answer(attached.requestId, State.CLOSED, attached.file());
      notifyAll();
    }
    return attached.file();
  }

  private void leave(StartUp agent) {
    if (agent != fromStart) {
      agent.leave();
    }
  }

  /** Waits with other requests let through, and closes the scope if none of them did. */
  private synchronized void closeAfter(Attached attached, long millis)
      throws InterruptedException, Refusal {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long leftNanos = deadlineNanos - System.nanoTime();
    while (current == attached && leftNanos > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
      leftNanos = deadlineNanos - System.nanoTime();
    }
    if (current == attached) {
      String unused = close();
    }
  }
}
