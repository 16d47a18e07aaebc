package dev.heaplight.engine.weave;

import java.util.Map;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Opens a scope at the start of a method and closes it at every end, an exception included.
 *
 * <p>The open scope is kept by thread, not in a local variable: a new local would have to be added
 * to every stack map frame. The handler's own frame claims to know no local at all, which is true
 * of any method at any point. Classes of before Java 6 have no frames and get none.
 */
final class ScopeMethodVisitor extends MethodVisitor {
  /** Number, array twice, index, and a value of two. */
  private static final int CALL_STACK = 6;

  private static final Map<Integer, String> BOXES =
      Map.of(
          Type.BOOLEAN, "java/lang/Boolean",
          Type.BYTE, "java/lang/Byte",
          Type.CHAR, "java/lang/Character",
          Type.SHORT, "java/lang/Short",
          Type.INT, "java/lang/Integer",
          Type.FLOAT, "java/lang/Float",
          Type.LONG, "java/lang/Long",
          Type.DOUBLE, "java/lang/Double");

  private static final String BRIDGE = "dev/heaplight/hook/ScopeBridge";

  private static final Type OBJECT = Type.getType(Object.class);

  private final int number;
  private final ScopeMethods.Passes passes;
  private final boolean isStatic;
  private final Type[] arguments;
  private final boolean frames;
  private final Label bodyStart = new Label();

  /**
   * In front of the method's own code.
   *
   * @param passes what the hook is told of a call
   */
  ScopeMethodVisitor(
      MethodVisitor next,
      int access,
      String descriptor,
      int number,
      ScopeMethods.Passes passes,
      boolean frames) {
    super(Opcodes.ASM9, next);
    this.number = number;
    this.passes = passes;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.frames = frames;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (passes == ScopeMethods.Passes.NOTHING) {
      call("enterMethod");
    } else {
      enterWithCall();
    }
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
    super.visitMaxs(Math.max(maxStack + 2, CALL_STACK), maxLocals);
  }

  private void enterWithCall() {
    super.visitLdcInsn(number);
    super.visitLdcInsn(arguments.length + 1);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT.getInternalName());
    if (!isStatic) {
      store(0, OBJECT, 0);
    }
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < arguments.length; i++) {
      store(i + 1, arguments[i], local);
      local += arguments[i].getSize();
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        BRIDGE,
        passes == ScopeMethods.Passes.CALL_IF_READY ? "enterIfReady" : "enterMethod",
        "(I[Ljava/lang/Object;)V",
        false);
  }

  /** Puts a local variable into the array on the stack, which stays there. */
  private void store(int index, Type type, int local) {
    super.visitInsn(Opcodes.DUP);
    super.visitLdcInsn(index);
    super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
    String box = BOXES.get(type.getSort());
    if (box != null) {
      String descriptor = "(" + type.getDescriptor() + ")L" + box + ";";
      super.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", descriptor, false);
    }
    super.visitInsn(Opcodes.AASTORE);
  }

  private void call(String method) {
    super.visitLdcInsn(number);
    super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, "(I)V", false);
  }
}
