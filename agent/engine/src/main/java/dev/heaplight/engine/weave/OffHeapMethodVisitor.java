package dev.heaplight.engine.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reports memory outside of the heap where the JDK asks the operating system for it:
 *
 * <ul>
 *   <li>around the native methods of {@code Unsafe}, which direct buffers, the foreign memory API
 *       and {@code sun.misc.Unsafe} all come down to; none of them is an intrinsic;
 *   <li>before a direct buffer allocates, so that its kind is known without a stack;
 *   <li>where a file mapping is noted down and given up.
 * </ul>
 *
 * A place that a later JDK has changed beyond recognition stays unwoven.
 */
final class OffHeapMethodVisitor extends MethodVisitor {
  private static final String HOOK = "dev/heaplight/hook/OffHeapHook";
  private static final String UNSAFE = "jdk/internal/misc/Unsafe";
  private static final String DIRECT_BUFFER = "java/nio/DirectByteBuffer";
  private static final String UNMAPPER = "sun/nio/ch/FileChannelImpl$Unmapper";
  private static final String UNMAPPER_CONSTRUCTOR = "(JJJLjava/io/FileDescriptor;I)V";

  /** Above all that the method uses: two longs and a reference that live across one call. */
  private static final int BYTES = 24;

  private static final int ADDRESS = BYTES + 2;
  private static final int TOKEN = ADDRESS + 2;
  private static final int LOCALS = TOKEN + 1;
  private static final int MORE_STACK = 6;

  private final Place place;

  private enum Place {
    UNSAFE_MEMORY,
    DIRECT_BUFFER,
    MAP,
    UNMAP
  }

  private OffHeapMethodVisitor(MethodVisitor next, Place place) {
    super(Opcodes.ASM9, next);
    this.place = place;
  }

  /** A visitor for such a method in front of {@code next}, or null if the method is none. */
  static @Nullable MethodVisitor of(
      String owner, String name, String descriptor, MethodVisitor next) {
    Place place = placeOf(owner, name, descriptor);
    return place == null ? null : new OffHeapMethodVisitor(next, place);
  }

  /** Whether a class, named as in source, has such a method. */
  static boolean concerns(String className) {
    String owner = className.replace('.', '/');
    return owner.equals(UNSAFE) || owner.equals(DIRECT_BUFFER) || owner.equals(UNMAPPER);
  }

  private static @Nullable Place placeOf(String owner, String name, String descriptor) {
    if (owner.equals(UNSAFE)) {
      return name.equals("allocateMemory")
              || name.equals("reallocateMemory")
              || name.equals("freeMemory")
          ? Place.UNSAFE_MEMORY
          : null;
    }
    if (owner.equals(DIRECT_BUFFER)) {
      return name.equals("<init>") && descriptor.equals("(I)V") ? Place.DIRECT_BUFFER : null;
    }
    if (owner.equals(UNMAPPER)) {
      return name.equals("<init>") && descriptor.equals(UNMAPPER_CONSTRUCTOR)
          ? Place.MAP
          : name.equals("unmap") && descriptor.equals("()V") ? Place.UNMAP : null;
    }
    return null;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (place == Place.UNMAP) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitFieldInsn(Opcodes.GETFIELD, UNMAPPER, "address", "J");
      hook("freed", "(J)V");
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (place == Place.MAP && opcode == Opcodes.RETURN) {
      super.visitVarInsn(Opcodes.LLOAD, 1); // address
      super.visitVarInsn(Opcodes.LLOAD, 3); // size from the start of its first page
      hook("mapped", "(JJ)V");
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
    boolean unsafe = owner.equals(UNSAFE);
    if (place == Place.UNSAFE_MEMORY && unsafe && name.equals("allocateMemory0")) {
      super.visitInsn(Opcodes.DUP2_X1); // bytes, this, bytes
      super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
      hook("allocated", "(JJ)J");
    } else if (place == Place.UNSAFE_MEMORY && unsafe && name.equals("reallocateMemory0")) {
      reallocate(opcode, owner, name, descriptor, ownerIsInterface);
    } else {
      if (place == Place.UNSAFE_MEMORY && unsafe && name.equals("freeMemory0")) {
        super.visitInsn(Opcodes.DUP2);
        hook("freed", "(J)V");
      } else if (place == Place.DIRECT_BUFFER && unsafe && name.equals("allocateMemory")) {
        hook("direct", "()V");
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
    }
  }

  /** New locals need no stack map: no branch leads in between. */
  private void reallocate(
      int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
    super.visitVarInsn(Opcodes.LSTORE, BYTES);
    super.visitVarInsn(Opcodes.LSTORE, ADDRESS);
    super.visitVarInsn(Opcodes.LLOAD, ADDRESS);
    hook("reallocating", "(J)Ljava/lang/Object;");
    super.visitVarInsn(Opcodes.ASTORE, TOKEN);
    super.visitVarInsn(Opcodes.LLOAD, ADDRESS);
    super.visitVarInsn(Opcodes.LLOAD, BYTES);
    super.visitMethodInsn(opcode, owner, name, descriptor, ownerIsInterface);
    super.visitVarInsn(Opcodes.LLOAD, ADDRESS);
    super.visitVarInsn(Opcodes.LLOAD, BYTES);
    super.visitVarInsn(Opcodes.ALOAD, TOKEN);
    hook("reallocated", "(JJJLjava/lang/Object;)J");
  }

  private void hook(String method, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, method, descriptor, false);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    int locals = place == Place.UNSAFE_MEMORY ? Math.max(maxLocals, LOCALS) : maxLocals;
    super.visitMaxs(maxStack + MORE_STACK, locals);
  }
}
