package dev.heaplight.engine;

import dev.heaplight.hook.EngineLink;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the bodies of static methods of one hook class by calls of JDK methods that the hook
 * cannot name: they are not in every JDK, or not visible to a compiler.
 */
final class HookBodies implements ClassFileTransformer {
  private final String hookClass;
  private final String targetClass;
  private final Map<String, String> targets;
  private volatile boolean replaced;

  /**
   * Bodies that call {@code targets} of one class, by the names of the hook's methods, whose
   * descriptors are the same.
   */
  HookBodies(String hookClass, String targetClass, Map<String, String> targets) {
    this.hookClass = hookClass;
    this.targetClass = targetClass;
    this.targets = targets;
  }

  /**
   * Replaces the bodies, also those that {@link #restore} brought back.
   *
   * @throws ReflectiveOperationException if the class cannot be changed
   */
  void replace(Instrumentation instrumentation) throws ReflectiveOperationException {
    instrumentation.addTransformer(this, true);
    boolean done = false;
    try {
      replaced = false;
      Class<?> changed = loaded(); // which replaces them, if it was not loaded before
      if (!replaced) {
        retransform(instrumentation, changed);
      }
      done = replaced;
    } finally {
      if (!done) {
        instrumentation.removeTransformer(this);
      }
    }
    if (!done) {
      throw new ClassNotFoundException(hookClass + " was not offered for changes");
    }
  }

  /** Brings the bodies back that the methods were compiled with. */
  void restore(Instrumentation instrumentation) throws ReflectiveOperationException {
    if (instrumentation.removeTransformer(this)) {
      retransform(instrumentation, loaded());
    }
  }

  private Class<?> loaded() throws ClassNotFoundException {
    return Class.forName(hookClass.replace('/', '.'), true, EngineLink.class.getClassLoader());
  }

  private static void retransform(Instrumentation instrumentation, Class<?> changed)
      throws ReflectiveOperationException {
    try {
      instrumentation.retransformClasses(changed);
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
    if (!hookClass.equals(className)) {
      return null;
    }
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new BodyReplacer(writer), 0);
    replaced = true;
    return writer.toByteArray();
  }

  private final class BodyReplacer extends ClassVisitor {
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
      String target = targets.get(name);
      if (target == null) {
        return method;
      }
      method.visitAnnotation("Ljdk/internal/vm/annotation/ForceInline;", true).visitEnd();
      method.visitCode();
      int variable = 0;
      for (Type argument : Type.getArgumentTypes(descriptor)) {
        method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), variable);
        variable += argument.getSize();
      }
      method.visitMethodInsn(Opcodes.INVOKESTATIC, targetClass, target, descriptor, false);
      method.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
      method.visitMaxs(0, 0);
      method.visitEnd();
      return null;
    }
  }
}
