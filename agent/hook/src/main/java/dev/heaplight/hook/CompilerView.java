package dev.heaplight.hook;

import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Tells code of the JIT compiler that allocates by itself from all other code.
 *
 * <p>Why: an object that is passed to a method which is not inlined must exist, even if that method
 * is called for one allocation in a thousand, or never. A hook that passes its object on so makes
 * the program allocate what the compiler had removed by escape analysis. Where the compiler
 * allocates it knows the object's exact class; there the object is not passed on, and the engine
 * finds it through the stack if it needs it and if it was allocated at all. Elsewhere (in the
 * interpreter, in code of the first compiler, where a hook was not inlined) objects exist anyway
 * and are passed on; but for arrays of a primitive type, whose class compiled hooks always know.
 */
public final class CompilerView {
  private CompilerView() {}

  /** Null instead of {@code allocated} where compiled code may do without the object. */
  @ForceInline
  static @Nullable Object unlessRemovable(Object allocated) {
    return isClassConstant(allocated) ? null : allocated;
  }

  /**
   * Whether the class of {@code allocated} is a constant in the compiled code this is part of.
   *
   * <p>As it stands it says no, and every counted object exists. The agent replaces its body at the
   * start, on a JVM that can tell, by a call of the JVM's own intrinsic function for that.
   */
  @ForceInline
  static boolean isClassConstant(Object allocated) {
    return false;
  }
}
