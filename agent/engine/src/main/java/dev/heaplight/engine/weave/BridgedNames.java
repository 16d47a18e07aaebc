package dev.heaplight.engine.weave;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names whose bridges lead to a method of the same class. Such a bridge is no scope, or
 * its call would open two. A bridge without one leads to a superclass's method, and is the only
 * method of that name the class has.
 */
final class BridgedNames extends ClassVisitor {
  private final Set<String> names = new HashSet<>();

  private BridgedNames() {
    super(Opcodes.ASM9);
  }

  static Set<String> of(ClassReader reader) {
    BridgedNames found = new BridgedNames();
    reader.accept(found, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    return found.names;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if ((access & Opcodes.ACC_BRIDGE) == 0) {
      names.add(name);
    }
    return null;
  }
}
