package dev.heaplight.engine;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@code dev.heaplight.hook.CompilerView} its body.
 *
 * <p>The JVM's function that tells a constant in compiled code from any other value is {@code
 * MethodHandleImpl.isCompileConstant}, which only its own package may call. So a class is added to
 * that package whose one public method asks it about an object's class.
 */
final class CompilerViewInstaller {
  private static final String PACKAGE = "java.lang.invoke";
  private static final String FUNCTIONS = "java/lang/invoke/MethodHandleImpl";
  private static final String FUNCTION = "isCompileConstant";
  private static final String FUNCTION_TYPE = "(Ljava/lang/Object;)Z";
  private static final String BRIDGE = "java/lang/invoke/HeaplightCompilerView";

  /** By name, so that the class is not loaded before it can be given its body. */
  private static final String VIEW = "dev/heaplight/hook/CompilerView";

  private static final String QUESTION = "isClassConstant";

  private static @Nullable HookBodies present;

  private CompilerViewInstaller() {}

  /**
   * Opens the JDK's packages that this and the search for removable objects need.
   *
   * @throws UnsupportedOperationException if they cannot be opened
   */
  static void openPackages(Instrumentation instrumentation) {
    Set<Module> engine = Set.of(CompilerViewInstaller.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", engine, PACKAGE, engine),
        Set.of(),
        Map.of());
  }

  /**
   * Gives the hook's class its body; before that class is used for the first time, or when the
   * agent comes back. One thread at a time.
   *
   * @throws ReflectiveOperationException if this JDK has no such function
   */
  static void install(Instrumentation instrumentation) throws ReflectiveOperationException {
    HookBodies before = present;
    if (before != null) {
      before.replace(instrumentation);
      return;
    }
    Class<?> functions = Class.forName(FUNCTIONS.replace('/', '.'), false, null);
    Method unused = functions.getDeclaredMethod(FUNCTION, Object.class);
    // The public way to a class's private lookup excludes this package.
    Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    trusted.setAccessible(true);
    ((MethodHandles.Lookup) trusted.get(null)).in(functions).defineClass(bridge());
    HookBodies bodies = new HookBodies(VIEW, BRIDGE, Map.of(QUESTION, QUESTION));
    bodies.replace(instrumentation);
    present = bodies;
  }

  /** Takes that body away again: the agent leaves the JVM. */
  static void leave(Instrumentation instrumentation) throws ReflectiveOperationException {
    HookBodies before = present;
    if (before != null) {
      before.restore(instrumentation);
    }
  }

  private static byte[] bridge() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V11,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
        BRIDGE,
        null,
        "java/lang/Object",
        null);
    MethodVisitor method =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, QUESTION, FUNCTION_TYPE, null, null);
    method.visitAnnotation("Ljdk/internal/vm/annotation/ForceInline;", true).visitEnd();
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, "java/lang/Object", "getClass", "()Ljava/lang/Class;", false);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, FUNCTIONS, FUNCTION, FUNCTION_TYPE, false);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(1, 1);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
