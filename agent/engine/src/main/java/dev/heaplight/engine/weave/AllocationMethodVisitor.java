package dev.heaplight.engine.weave;

import java.util.ArrayDeque;
import java.util.Deque;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Adds a call of the hook after each allocation of one method.
 *
 * <p>Frames: nothing is inserted that branches, and nothing between a NEW and the label before it,
 * so the stack map frames of the original stay right and are copied as they are.
 *
 * <p>Constructors: the object exists at NEW but may be passed on only after its constructor. The
 * constructor call that belongs to a NEW is the next one of the same class that is not taken by a
 * NEW in between. Only a NEW that is directly followed by DUP leaves the object on the stack;
 * another one, which some compilers emit for an unused object, is not counted.
 */
final class AllocationMethodVisitor extends MethodVisitor {
  private static final String HOOK = "dev/heaplight/hook/AllocationHook";
  private static final String OBJECT_HOOK = "(Ljava/lang/Object;I)V";

  /** The object once more, and the site's number. */
  private static final int EXTRA_STACK = 2;

  private final ClassSites sites;
  private final String methodName;
  private final boolean reflectionAccessor;
  private final Deque<PendingNew> pending = new ArrayDeque<>();
  private @Nullable PendingNew awaitingDup;
  private int line;

  private static final class PendingNew {
    private final String type;
    private boolean duplicated;

    PendingNew(String type) {
      this.type = type;
    }
  }

  AllocationMethodVisitor(
      MethodVisitor next, ClassSites sites, String methodName, boolean reflectionAccessor) {
    super(Opcodes.ASM9, next);
    this.sites = sites;
    this.methodName = methodName;
    this.reflectionAccessor = reflectionAccessor;
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    super.visitLineNumber(number, start);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    super.visitTypeInsn(opcode, type);
    awaitingDup = null;
    if (opcode == Opcodes.NEW) {
      awaitingDup = new PendingNew(type);
      pending.push(awaitingDup);
    } else if (opcode == Opcodes.ANEWARRAY) {
      hook("array", "([Ljava/lang/Object;I)V", false);
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.DUP && awaitingDup != null) {
      awaitingDup.duplicated = true;
    }
    awaitingDup = null;
    super.visitInsn(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    awaitingDup = null;
    super.visitIntInsn(opcode, operand);
    if (opcode == Opcodes.NEWARRAY) {
      hook("array", "([" + elementDescriptor(operand) + "I)V", false);
    }
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    awaitingDup = null;
    super.visitMultiANewArrayInsn(descriptor, dimensions);
    hook("nested", OBJECT_HOOK, false);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
    awaitingDup = null;
    super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
    if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
      constructed(owner);
      return;
    }
    AllocatingCalls.Result result = AllocatingCalls.resultOf(opcode, owner, name, descriptor);
    if (result == AllocatingCalls.Result.NESTED) {
      hook("nested", OBJECT_HOOK, false);
    } else if (result != null) {
      returned(AllocatingCalls.arrayType(owner, name, descriptor));
    }
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    awaitingDup = null;
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    boolean lambda = bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory");
    if (lambda && !descriptor.startsWith("()")) {
      hook("object", OBJECT_HOOK, true);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    awaitingDup = null;
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    awaitingDup = null;
    super.visitFieldInsn(opcode, owner, name, descriptor);
  }

  @Override
  public void visitLdcInsn(Object value) {
    awaitingDup = null;
    super.visitLdcInsn(value);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    awaitingDup = null;
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(maxStack + EXTRA_STACK, maxLocals);
  }

  private void constructed(String owner) {
    PendingNew top = pending.peek();
    // A reflection accessor for deserialisation calls the constructor of a superclass.
    if (top == null || !(top.type.equals(owner) || reflectionAccessor)) {
      return; // super(...) or this(...)
    }
    pending.pop();
    if (top.duplicated) {
      hook("object", OBJECT_HOOK, true);
    }
  }

  /** Counts what a call returned; the hooks for arrays are faster than the one for anything. */
  private void returned(@Nullable String arrayType) {
    if (arrayType == null) {
      hook("any", OBJECT_HOOK, false);
      return;
    }
    boolean primitive = arrayType.length() == 2;
    String hooked = primitive ? arrayType : "[Ljava/lang/Object;";
    super.visitInsn(Opcodes.DUP);
    super.visitTypeInsn(Opcodes.CHECKCAST, hooked);
    pushInt(sites.number(methodName, line, false));
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "array", "(" + hooked + "I)V", false);
  }

  private void hook(String method, String descriptor, boolean fixedClass) {
    super.visitInsn(Opcodes.DUP);
    pushInt(sites.number(methodName, line, fixedClass));
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, method, descriptor, false);
  }

  private void pushInt(int value) {
    if (value <= Short.MAX_VALUE) {
      super.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      super.visitLdcInsn(value);
    }
  }

  private static char elementDescriptor(int operand) {
    return switch (operand) {
      case Opcodes.T_BOOLEAN -> 'Z';
      case Opcodes.T_CHAR -> 'C';
      case Opcodes.T_FLOAT -> 'F';
      case Opcodes.T_DOUBLE -> 'D';
      case Opcodes.T_BYTE -> 'B';
      case Opcodes.T_SHORT -> 'S';
      case Opcodes.T_INT -> 'I';
      case Opcodes.T_LONG -> 'J';
      default -> throw new IllegalArgumentException("element type: operand=" + operand);
    };
  }
}
