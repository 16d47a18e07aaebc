package dev.heaplight.engine.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Opens a scope at the start of a method and closes it at every end, an exception included.
 *
 * <p>The open scope is kept by thread, not in a local variable: a new local would have to be added
 * to every stack map frame. The handler's own frame claims to know no local at all, which is true
 * of any method at any point. Classes of before Java 6 have no frames and get none.
 */
final class ScopeMethodVisitor extends MethodVisitor {
  private static final String BRIDGE = "dev/heaplight/hook/ScopeBridge";

  private final int number;
  private final boolean frames;
  private final Label bodyStart = new Label();

  ScopeMethodVisitor(MethodVisitor next, int number, boolean frames) {
    super(Opcodes.ASM9, next);
    this.number = number;
    this.frames = frames;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    call("enterMethod");
    super.visitLabel(bodyStart);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      call("exitMethod");
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label bodyEnd = new Label();
    super.visitLabel(bodyEnd);
    if (frames) {
      super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
    }
    call("exitMethod");
    super.visitInsn(Opcodes.ATHROW);
    // Last in the table: the method's own handlers go first.
    super.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, null);
    super.visitMaxs(maxStack + 2, maxLocals);
  }

  private void call(String method) {
    super.visitLdcInsn(number);
    super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, "(I)V", false);
  }
}
