package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.engine.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On the class files of the JDK that runs the tests. */
class OffHeapMethodVisitorTest {
  private static final String HOOK = "dev/heaplight/hook/OffHeapHook";

  private final ClassWeaver weaver =
      new ClassWeaver(
          new SiteTable(),
          new ScopeMethods(List.of()),
          new NoMeter(),
          new AgentLog(System.err, true));

  private static final class NoMeter implements ClassWeaver.WeavingMeter {
    @Override
    public long before() {
      return 0;
    }

    @Override
    public void after(long token, long allocatedByJvm) {}
  }

  @Test
  void unsafeReportsEachNativeCallOnce() throws IOException {
    assertEquals(
        List.of(
            "allocateMemory calls allocated(JJ)J",
            "reallocateMemory calls allocated(JJ)J",
            "reallocateMemory calls reallocating(J)Ljava/lang/Object;",
            "reallocateMemory calls reallocated(JJJLjava/lang/Object;)J",
            "freeMemory calls freed(J)V"),
        hookCalls("jdk/internal/misc/Unsafe"));
  }

  @Test
  void directBufferAnnouncesItsMemory() throws IOException {
    assertEquals(List.of("<init> calls direct()V"), hookCalls("java/nio/DirectByteBuffer"));
  }

  @Test
  void mappingIsReportedWhereItIsNotedDownAndGivenUp() throws IOException {
    assertEquals(
        List.of("<init> calls mapped(JJ)V", "unmap calls freed(J)V"),
        hookCalls("sun/nio/ch/FileChannelImpl$Unmapper"));
  }

  @Test
  void otherClassesAreLeftAlone() throws IOException {
    assertEquals(List.of(), hookCalls("java/nio/HeapByteBuffer"));
    assertEquals(List.of(), hookCalls("java/nio/Bits"));
  }

  private List<String> hookCalls(String className) throws IOException {
    List<String> calls = new ArrayList<>();
    byte[] woven = weaver.weave(className, classFile(className));
    if (woven != null) {
      new ClassReader(woven).accept(new CallCollector(calls), 0);
    }
    return calls;
  }

  private static byte[] classFile(String className) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Object.class.getResourceAsStream("/" + className + ".class"))) {
      return in.readAllBytes();
    }
  }

  private static final class CallCollector extends ClassVisitor {
    private final List<String> calls;

    CallCollector(List<String> calls) {
      super(Opcodes.ASM9);
      this.calls = calls;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String methodDescriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean ownerIsInterface) {
          if (owner.equals(HOOK)) {
            calls.add(method + " calls " + name + descriptor);
          }
        }
      };
    }
  }
}
