package dev.heaplight.engine.weave;

import java.util.Set;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The few JDK methods that are woven for another reason than an allocation of their own:
 *
 * <ul>
 *   <li>the end of a thread, when its last counts are taken;
 *   <li>the definition of a hidden class, which no transformer is shown (lambda forms, string
 *       concatenation from JDK 24 on, libraries' own);
 *   <li>the copying of reference arrays, which the JVM does without its body once it is compiled:
 *       what the body allocates is counted at its callers, and so not a second time here;
 *   <li>the filling in of a stack trace, for which the JVM makes arrays;
 *   <li>the end of the JVM by its program, and of a thread by an error, which are noted.
 * </ul>
 */
final class JdkMethodVisitor extends MethodVisitor {
  private static final String HOOK = "dev/heaplight/hook/AllocationHook";
  private static final String END_HOOK = "dev/heaplight/hook/EndHook";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final Set<String> OWNERS =
      Set.of(
          "java/lang/Thread",
          "java/lang/invoke/MethodHandles$Lookup$ClassDefiner",
          RUNTIME,
          THROWABLE,
          "java/util/Arrays");

  private final Place place;
  private final ClassSites sites;

  private enum Place {
    THREAD_EXIT,
    HIDDEN_CLASS_DEFINITION,
    STACK_TRACE,
    REFERENCE_ARRAY_COPY,
    EXIT,
    HALT,
    UNCAUGHT
  }

  private JdkMethodVisitor(MethodVisitor next, Place place, ClassSites sites) {
    super(Opcodes.ASM9, next);
    this.place = place;
    this.sites = sites;
  }

  /** A visitor for such a method in front of {@code next}, or null if the method is none. */
  static @Nullable MethodVisitor of(
      String owner,
      String name,
      String descriptor,
      ClassSites sites,
      boolean allocations,
      MethodVisitor next) {
    if (!OWNERS.contains(owner)) {
      return null; // asked for every method of every class
    }
    Place place =
        switch (owner + '.' + name + descriptor) {
          case "java/lang/Thread.exit()V" -> Place.THREAD_EXIT;
          case "java/lang/invoke/MethodHandles$Lookup$ClassDefiner.defineClass"
                  + "(ZLjava/lang/Object;)Ljava/lang/Class;" ->
              Place.HIDDEN_CLASS_DEFINITION;
          case "java/lang/Throwable.fillInStackTrace()Ljava/lang/Throwable;" -> Place.STACK_TRACE;
          case "java/util/Arrays.copyOf([Ljava/lang/Object;ILjava/lang/Class;)[Ljava/lang/Object;",
              "java/util/Arrays.copyOfRange"
                  + "([Ljava/lang/Object;IILjava/lang/Class;)[Ljava/lang/Object;" ->
              Place.REFERENCE_ARRAY_COPY;
          case RUNTIME + ".exit(I)V" -> Place.EXIT;
          case RUNTIME + ".halt(I)V" -> Place.HALT;
          case "java/lang/Thread.dispatchUncaughtException(Ljava/lang/Throwable;)V" ->
              Place.UNCAUGHT;
          default -> null;
        };
    boolean counts = place == Place.STACK_TRACE || place == Place.REFERENCE_ARRAY_COPY;
    return place == null || (counts && !allocations)
        ? null
        : new JdkMethodVisitor(next, place, sites);
  }

  /** Whether a class, named as in source, has such a method. */
  static boolean concerns(String className) {
    return OWNERS.contains(className.replace('.', '/'));
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (place) {
      case THREAD_EXIT ->
          super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "threadEnding", "()V", false);
      case EXIT -> endHook(Opcodes.ILOAD, "exit", "(I)V");
      case HALT -> endHook(Opcodes.ILOAD, "halt", "(I)V");
      case UNCAUGHT -> endHook(Opcodes.ALOAD, "uncaught", "(Ljava/lang/Throwable;)V");
      default -> {
        return; // changed further on
      }
    }
  }

  private void endHook(int load, String name, String descriptor) {
    super.visitVarInsn(load, 1);
    super.visitMethodInsn(Opcodes.INVOKESTATIC, END_HOOK, name, descriptor, false);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    super.visitFieldInsn(opcode, owner, name, descriptor);
    if (place == Place.HIDDEN_CLASS_DEFINITION
        && opcode == Opcodes.GETFIELD
        && name.equals("bytes")
        && descriptor.equals("[B")) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "hiddenClass", "([B)[B", false);
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
    if (place == Place.REFERENCE_ARRAY_COPY && owner.equals("java/lang/reflect/Array")) {
      super.visitMethodInsn(opcode, HOOK, "uncountedArray", descriptor, false);
      return;
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
    if (place == Place.STACK_TRACE
        && name.equals("fillInStackTrace")
        && descriptor.equals("(I)Ljava/lang/Throwable;")) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitFieldInsn(Opcodes.GETFIELD, THROWABLE, "backtrace", "Ljava/lang/Object;");
      super.visitLdcInsn(sites.number(name, 0, false));
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, HOOK, "backtrace", "(Ljava/lang/Object;I)V", false);
    }
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(maxStack + 2, maxLocals);
  }
}
