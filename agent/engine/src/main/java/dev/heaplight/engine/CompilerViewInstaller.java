package dev.heaplight.engine;

import dev.heaplight.hook.EngineLink;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
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
final class CompilerViewInstaller implements ClassFileTransformer {
  private static final String PACKAGE = "java.lang.invoke";
  private static final String FUNCTIONS = "java/lang/invoke/MethodHandleImpl";
  private static final String FUNCTION = "isCompileConstant";
  private static final String FUNCTION_TYPE = "(Ljava/lang/Object;)Z";
  private static final String BRIDGE = "java/lang/invoke/HeaplightCompilerView";

  /** By name, so that the class is not loaded before it can be given its body. */
  private static final String VIEW = "dev/heaplight/hook/CompilerView";

  private static final String QUESTION = "isClassConstant";

  private static @Nullable CompilerViewInstaller present;

  private volatile boolean installed;

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
    CompilerViewInstaller before = present;
    if (before != null) {
      instrumentation.addTransformer(before, true);
      retransform(instrumentation);
      return;
    }
    Class<?> functions = Class.forName(FUNCTIONS.replace('/', '.'), false, null);
    Method unused = functions.getDeclaredMethod(FUNCTION, Object.class);
    // The public way to a class's private lookup excludes this package.
    Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    trusted.setAccessible(true);
    ((MethodHandles.Lookup) trusted.get(null)).in(functions).defineClass(bridge());
    CompilerViewInstaller installer = new CompilerViewInstaller();
    instrumentation.addTransformer(installer, true);
    try {
      Class.forName(VIEW.replace('/', '.'), true, EngineLink.class.getClassLoader());
    } finally {
      if (installer.installed) {
        present = installer;
      } else {
        instrumentation.removeTransformer(installer);
      }
    }
  }

  /** Takes that body away again: the agent leaves the JVM. */
  static void leave(Instrumentation instrumentation) throws ReflectiveOperationException {
    CompilerViewInstaller before = present;
    if (before != null && instrumentation.removeTransformer(before)) {
      retransform(instrumentation);
    }
  }

  private static void retransform(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    try {
      instrumentation.retransformClasses(
          Class.forName(VIEW.replace('/', '.'), true, EngineLink.class.getClassLoader()));
    } catch (UnmodifiableClassException e) {
      throw new ReflectiveOperationException(e);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classFile) {
    if (!VIEW.equals(className)) {
      return null;
    }
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new BodyReplacer(writer), 0);
    installed = true;
    return writer.toByteArray();
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

  /** Replaces the body of one method by a call of the bridge. */
  private static final class BodyReplacer extends ClassVisitor {
    BodyReplacer(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(QUESTION)) {
        return method;
      }
      method.visitAnnotation("Ljdk/internal/vm/annotation/ForceInline;", true).visitEnd();
      method.visitCode();
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, QUESTION, FUNCTION_TYPE, false);
      method.visitInsn(Opcodes.IRETURN);
      method.visitMaxs(1, 1);
      method.visitEnd();
      return null;
    }
  }
}
