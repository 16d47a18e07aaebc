package dev.heaplight.engine.weave;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Puts the method visitors in front of each method of one class. */
final class WeavingClassVisitor extends ClassVisitor {
  private final String className;
  private final ClassSites sites;
  private final Map<String, Integer> scopeMethods;
  private final boolean reflectionAccessor;
  private boolean changed;

  WeavingClassVisitor(
      ClassVisitor next, String className, ClassSites sites, Map<String, Integer> scopeMethods) {
    super(Opcodes.ASM9, next);
    this.className = className;
    this.sites = sites;
    this.scopeMethods = scopeMethods;
    this.reflectionAccessor = className.startsWith("jdk/internal/reflect/Generated");
  }

  boolean changed() {
    return changed || sites.any();
  }

  @Override
  public void visitSource(@Nullable String source, @Nullable String debug) {
    if (source != null) {
      sites.source(source);
    }
    super.visitSource(source, debug);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (method == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
      return method;
    }
    MethodVisitor jdkMethod = JdkMethodVisitor.of(className, name, descriptor, sites, method);
    if (jdkMethod != null) {
      changed = true;
      method = jdkMethod;
    }
    Integer scope = scopeMethods.get(name);
    if (scope != null) {
      changed = true;
      method = new ScopeMethodVisitor(method, scope);
    }
    return AllocatingCalls.bodyIsCountedAtCaller(className, name, descriptor)
        ? method
        : new AllocationMethodVisitor(method, sites, name, reflectionAccessor);
  }
}
