package dev.heaplight.engine.sample;

import dev.heaplight.hook.AllocationHook;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that a hook was called for on the stack of its caller, where the hook was not
 * given it.
 *
 * <p>Woven code keeps the object as the topmost operand while it calls the hook. Compiled code
 * describes its operands to the JVM at each call; an object that it removed is described by its
 * fields, and shows as null. So this tells an object that was allocated from one that was not.
 *
 * <p>By {@code java.lang.LiveStackFrame}, the JDK's internal kind of stack walker that shows
 * operands. It takes six frames at a time; woven code must be among the first six, which is why
 * this is what a walk is given and not what begins one. Costs 6-10 us in small frames, 15-25 us in
 * large ones. Thread-safe once loaded.
 */
public final class StackObjects implements Function<Stream<StackWalker.StackFrame>, Object> {
  /** The object was not allocated: the JIT compiler did without it. */
  public static final Object REMOVED = new Object();

  /** The object could not be found; nothing is known of it. */
  public static final Object UNKNOWN = new Object();

  private static final String FRAME_CLASS = "java.lang.LiveStackFrame";

  private volatile @Nullable StackWalker walker;
  private @Nullable MethodHandle operandsOf;
  private @Nullable Class<?> primitiveSlot;

  /** One that finds nothing until it is loaded. */
  public StackObjects() {}

  /** Whether {@code found} is an object of the application. */
  public static boolean isObject(Object found) {
    return found != REMOVED && found != UNKNOWN;
  }

  /**
   * Looks the stack walker up and uses it once, so that nothing of it is loaded or linked inside a
   * hook; {@code java.lang} must be open to this class's module.
   *
   * @throws ReflectiveOperationException if this JDK has no such stack walker
   */
  public void load() throws ReflectiveOperationException {
    Class<?> frameClass = Class.forName(FRAME_CLASS, false, null);
    primitiveSlot = Class.forName(FRAME_CLASS + "$PrimitiveSlot", false, null);
    operandsOf =
        MethodHandles.privateLookupIn(frameClass, MethodHandles.lookup())
            .findVirtual(frameClass, "getStack", MethodType.methodType(Object[].class))
            .asType(MethodType.methodType(Object[].class, StackWalker.StackFrame.class));
    Method maker = frameClass.getDeclaredMethod("getStackWalker", Set.class);
    maker.setAccessible(true);
    try {
      StackWalker found =
          (StackWalker)
              maker.invoke(
                  null,
                  Set.of(
                      StackWalker.Option.RETAIN_CLASS_REFERENCE,
                      StackWalker.Option.SHOW_HIDDEN_FRAMES));
      Object unused = found.walk(this);
      Object first = found.walk(frames -> topOf(frames.iterator().next()));
      walker = isObject(first) ? null : found;
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException("no stack walker with operands", e.getCause());
    }
  }

  /** What a search walks the stack with, {@code this} being what it is given; null: not loaded. */
  public @Nullable StackWalker walker() {
    return walker;
  }

  /** The object whose hook is called in {@code frames}, {@link #REMOVED} or {@link #UNKNOWN}. */
  @Override
  public Object apply(Stream<StackWalker.StackFrame> frames) {
    Iterator<StackWalker.StackFrame> iterator = frames.iterator();
    boolean inHook = false;
    while (iterator.hasNext()) {
      StackWalker.StackFrame frame = iterator.next();
      boolean hook = frame.getDeclaringClass() == AllocationHook.class;
      if (inHook && !hook) {
        return topOf(frame);
      }
      inHook |= hook;
    }
    return UNKNOWN;
  }

  private Object topOf(StackWalker.StackFrame frame) {
    MethodHandle operandsOfFrame = operandsOf;
    Class<?> slot = primitiveSlot;
    if (operandsOfFrame == null || slot == null) {
      return UNKNOWN;
    }
    @Nullable Object[] operands;
    try {
      operands = (Object[]) operandsOfFrame.invokeExact(frame);
    } catch (Throwable t) {
      return UNKNOWN;
    }
    if (operands.length == 0) {
      return UNKNOWN;
    }
    Object top = operands[operands.length - 1];
    return top == null ? REMOVED : slot.isInstance(top) ? UNKNOWN : top;
  }
}
