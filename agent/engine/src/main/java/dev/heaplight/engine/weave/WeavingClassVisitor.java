package dev.heaplight.engine.weave;

import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Puts the method visitors in front of each method of one class. */
final class WeavingClassVisitor extends ClassVisitor {
  private final String className;
  private final ClassSites sites;
  private final ScopeMethods scopeMethods;
  private final Map<String, Integer> scopesByName;
  private final Set<String> bridgedNames;
  private final boolean reflectionAccessor;
  private final boolean allocations;
  private boolean frames;
  private boolean changed;

  WeavingClassVisitor(
      ClassVisitor next,
      String className,
      ClassSites sites,
      ScopeMethods scopeMethods,
      Set<String> bridgedNames,
      boolean allocations) {
    super(Opcodes.ASM9, next);
    this.className = className;
    this.sites = sites;
    this.scopeMethods = scopeMethods;
    this.scopesByName = scopeMethods.of(className);
    this.bridgedNames = bridgedNames;
    this.allocations = allocations;
    this.reflectionAccessor = className.startsWith("jdk/internal/reflect/Generated");
  }

  boolean changed() {
    return changed || sites.any();
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    frames = (version & 0xFFFF) >= Opcodes.V1_6;
    super.visit(version, access, name, signature, superName, interfaces);
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
    MethodVisitor jdkMethod =
        JdkMethodVisitor.of(className, name, descriptor, sites, allocations, method);
    if (jdkMethod != null) {
      changed = true;
      method = jdkMethod;
    }
    MethodVisitor offHeap = OffHeapMethodVisitor.of(className, name, descriptor, method);
    if (offHeap != null) {
      changed = true;
      method = offHeap;
    }
    MethodVisitor handOver = HandOverMethodVisitor.of(className, name, descriptor, frames, method);
    if (handOver != null) {
      changed = true;
      method = handOver;
    }
    Integer scope = scopesByName.get(name);
    // A bridge calls the method it stands for, which would open the scope a second time.
    boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0 && bridgedNames.contains(name);
    if (scope != null && !bridge) {
      changed = true;
      method =
          new ScopeMethodVisitor(
              method, access, descriptor, scope, scopeMethods.passes(scope), frames);
    }
    return !allocations || AllocatingCalls.bodyIsCountedAtCaller(className, name, descriptor)
        ? method
        : new AllocationMethodVisitor(method, sites, name, reflectionAccessor);
  }
}
