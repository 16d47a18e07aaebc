package dev.heaplight.engine.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's methods in which work goes from one thread to another. Each has one of these:
 *
 * <ul>
 *   <li>at its start, or at the end of a constructor, a task is remembered with its scope;
 *   <li>its whole body is a task that begins and ends, also by an exception;
 *   <li>one call in it is such a task. There an exception ends the thread, and with it its scopes.
 *   <li>one call in it starts a pool's thread.
 * </ul>
 *
 * <p>As in {@link ScopeMethodVisitor}, what is open is kept by thread and not in a local variable.
 */
final class HandOverMethodVisitor extends MethodVisitor {
  private static final String HAND_OVER = "dev/heaplight/hook/HandOver";
  private static final String TASK = "(Ljava/lang/Object;)V";
  private static final String FORKED = "(Ljava/lang/Object;Ljava/lang/Object;)V";
  private static final String FORK_JOIN_TASK = "Ljava/util/concurrent/ForkJoinTask;";
  private static final String FORK_JOIN_POOL = "Ljava/util/concurrent/ForkJoinPool;";
  private static final List<String> CONCURRENT =
      List.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ForkJoin",
          "java.util.concurrent.CompletableFuture$");
  private static final String COMPLETABLE = "java/util/concurrent/CompletableFuture$";

  private final HandOverPoint point;
  private final boolean frames;
  private final Label bodyStart = new Label();

  /** What is done in such a method. */
  private enum Kind {
    REMEMBER_AT_START,
    REMEMBER_AT_END,
    REMEMBER_WITH_POOL,
    BODY,
    CALL,
    THREAD_START
  }

  /**
   * One such method.
   *
   * @param hook the method of the hook that remembers or begins
   * @param variable the local variable with the task
   * @param end the method of the hook that ends a body
   */
  private record HandOverPoint(Kind kind, String hook, int variable, String end) {
    static HandOverPoint atStart(String hook, int variable) {
      return new HandOverPoint(Kind.REMEMBER_AT_START, hook, variable, "");
    }

    static HandOverPoint body(String begin, String end) {
      return new HandOverPoint(Kind.BODY, begin, 0, end);
    }
  }

  private HandOverMethodVisitor(MethodVisitor next, HandOverPoint point, boolean frames) {
    super(Opcodes.ASM9, next);
    this.point = point;
    this.frames = frames;
  }

  /** A visitor for such a method in front of {@code next}, or null if the method is none. */
  static @Nullable MethodVisitor of(
      String owner, String name, String descriptor, boolean frames, MethodVisitor next) {
    if (!owner.startsWith("java/")) {
      return null;
    }
    HandOverPoint point =
        owner.startsWith("java/lang/")
            ? inThreads(owner, name, descriptor)
            : owner.startsWith("java/util/concurrent/ForkJoin")
                ? inForkJoin(owner, name, descriptor)
                : owner.startsWith(COMPLETABLE)
                    ? inCompletions(owner, name, descriptor)
                    : inExecutors(owner, name);
    return point == null ? null : new HandOverMethodVisitor(next, point, frames);
  }

  /** Whether a class, named as in source, may have such a method. */
  static boolean concerns(String className) {
    return className.equals("java.lang.Thread")
        || className.equals("java.lang.VirtualThread")
        || className.equals("java.util.Timer")
        || className.equals("java.util.TimerThread")
        || (className.startsWith("java.util.concurrent.")
            && CONCURRENT.stream().anyMatch(className::startsWith));
  }

  private static @Nullable HandOverPoint inThreads(String owner, String name, String descriptor) {
    boolean virtual = owner.equals("java/lang/VirtualThread");
    if (!virtual && !owner.equals("java/lang/Thread")) {
      return null;
    }
    // A virtual thread's start() calls its other start.
    boolean start = virtual ? !descriptor.equals("()V") : true;
    return switch (name) {
      case "start" -> start ? HandOverPoint.atStart("threadStarts", 0) : null;
      case "run" ->
          virtual && descriptor.equals("(Ljava/lang/Runnable;)V")
              ? HandOverPoint.body("threadBegins", "threadEnds")
              : null;
      default -> null;
    };
  }

  private static @Nullable HandOverPoint inForkJoin(String owner, String name, String descriptor) {
    return switch (owner + '.' + name) {
      case "java/util/concurrent/ForkJoinTask.doExec" -> HandOverPoint.body("enterForked", "leave");
      case "java/util/concurrent/ForkJoinPool$WorkQueue.push" ->
          descriptor.startsWith('(' + FORK_JOIN_TASK + FORK_JOIN_POOL)
              ? new HandOverPoint(Kind.REMEMBER_WITH_POOL, "forked", 1, "")
              : null;
      case "java/util/concurrent/ForkJoinPool$WorkQueue.lockedPush" ->
          HandOverPoint.atStart("forked", 1);
      case "java/util/concurrent/ForkJoinPool.scheduleDelayedTask" ->
          HandOverPoint.atStart("kept", 1);
      default -> null;
    };
  }

  private static @Nullable HandOverPoint inCompletions(
      String owner, String name, String descriptor) {
    if (name.equals("tryFire") && descriptor.startsWith("(I)")) {
      return HandOverPoint.body("enterTask", "leave");
    }
    return name.equals("<init>") && owner.equals(COMPLETABLE + "Completion")
        ? new HandOverPoint(Kind.REMEMBER_AT_END, "kept", 0, "")
        : null;
  }

  private static @Nullable HandOverPoint inExecutors(String owner, String name) {
    return switch (owner + '.' + name) {
      case "java/util/concurrent/ThreadPoolExecutor.execute" -> HandOverPoint.atStart("queued", 1);
      case "java/util/concurrent/ThreadPoolExecutor.reject" ->
          HandOverPoint.atStart("withdrawn", 1);
      case "java/util/concurrent/ScheduledThreadPoolExecutor.delayedExecute" ->
          HandOverPoint.atStart("scheduled", 1);
      case "java/util/Timer.sched" -> HandOverPoint.atStart("kept", 1);
      case "java/util/concurrent/ThreadPoolExecutor.runWorker", "java/util/TimerThread.mainLoop" ->
          new HandOverPoint(Kind.CALL, "enterTask", 0, "leave");
      case "java/util/concurrent/ThreadPoolExecutor.addWorker" ->
          new HandOverPoint(Kind.THREAD_START, "pooled", 0, "");
      default -> null;
    };
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (point.kind()) {
      case REMEMBER_AT_START -> task();
      case REMEMBER_WITH_POOL -> {
        super.visitVarInsn(Opcodes.ALOAD, point.variable());
        super.visitVarInsn(Opcodes.ALOAD, point.variable() + 1);
        call(point.hook(), FORKED);
      }
      case BODY -> {
        task();
        super.visitLabel(bodyStart);
      }
      default -> {}
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      if (point.kind() == Kind.BODY) {
        call(point.end(), "()V");
      } else if (point.kind() == Kind.REMEMBER_AT_END) {
        task();
      }
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
    boolean task = point.kind() == Kind.CALL && name.equals("run") && descriptor.equals("()V");
    boolean start =
        point.kind() == Kind.THREAD_START
            && name.equals("start")
            && (descriptor.equals("()V") || descriptor.equals("(Ljava/lang/Thread;)V"));
    if (task || start) {
      super.visitInsn(Opcodes.DUP);
      call(point.hook(), TASK);
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
    if (task) {
      call(point.end(), "()V");
    }
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (point.kind() == Kind.BODY) {
      Label bodyEnd = new Label();
      super.visitLabel(bodyEnd);
      if (frames) {
        super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
      }
      call(point.end(), "()V");
      super.visitInsn(Opcodes.ATHROW);
      // Last in the table: the method's own handlers go first.
      super.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, null);
    }
    super.visitMaxs(maxStack + 2, maxLocals);
  }

  private void task() {
    super.visitVarInsn(Opcodes.ALOAD, point.variable());
    call(point.hook(), TASK);
  }

  private void call(String method, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HAND_OVER, method, descriptor, false);
  }
}
