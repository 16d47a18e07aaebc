package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.weave.CountingEngine.Count;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassWeaverTest {
  private static final String SAMPLES = "AllocatingSamples";
  private static final long INSTANCE = CountingEngine.INSTANCE_BYTES;

  private final SiteTable sites = new SiteTable();
  private final List<String> metered = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ClassWeaver weaver =
      new ClassWeaver(
          sites,
          new ScopeMethods(List.of()),
          new Meter(),
          new AgentLog(new PrintStream(printed, true, StandardCharsets.UTF_8), false));
  private final CountingEngine engine = new CountingEngine();
  private final WeavingLoader loader = new WeavingLoader(weaver, AllocatingSamples.class);

  private final class Meter implements ClassWeaver.WeavingMeter {
    @Override
    public long before() {
      metered.add("before");
      return 7;
    }

    @Override
    public void after(long token, long allocatedByJvm) {
      metered.add("after " + token + " " + allocatedByJvm);
    }
  }

  @AfterEach
  void disconnect() {
    engine.close();
    assertEquals(List.of(), engine.failures());
  }

  @Test
  void objectsAreCountedAfterTheirConstructor() throws Exception {
    assertCounts("objects", Map.of("objects", instances(3)));
  }

  @Test
  void primitiveArraysAreCounted() throws Exception {
    long bytes = 32 + 32 + 40 + 40 + 56 + 56 + 88 + 88;
    assertCounts("primitiveArrays", Map.of("primitiveArrays", new Count(8, bytes)));
  }

  @Test
  void referenceArraysAreCounted() throws Exception {
    assertCounts("referenceArrays", Map.of("referenceArrays", new Count(3, 32 + 24 + 16)));
  }

  @Test
  void nestedArraysAreCountedWithTheirInnerOnes() throws Exception {
    long ints = 24 + 2 * 32 + 6 * 24;
    long longs = 24 + 2 * 24;
    long strings = 32 + 4 * 16;
    assertCounts(
        "nestedArrays", Map.of("nestedArrays", new Count(9 + 3 + 5, ints + longs + strings)));
  }

  @Test
  void initialisedArraysAreCounted() throws Exception {
    assertCounts("initialisedArrays", Map.of("initialisedArrays", new Count(3, 24 + 32 + 24)));
  }

  @Test
  void clonesAreCounted() throws Exception {
    long arrays = 24 + 24 + 32 + 32;
    assertCounts(
        "clones",
        Map.of("clones", new Count(5, arrays + INSTANCE), SAMPLES + "$Copied.copy", instances(1)));
  }

  @Test
  void capturingLambdasAreCounted() throws Exception {
    long hashArguments = 24;
    assertCounts("lambdas", Map.of("lambdas", new Count(4, 3 * INSTANCE + hashArguments)));
  }

  @Test
  void concatenationIsLeftToTheJdk() throws Exception {
    assertCounts("concatenation", Map.of("concatenation", new Count(1, 24)));
  }

  @Test
  void ternaryArgumentsBelongToTheirOwnConstructors() throws Exception {
    assertCounts("ternaryArguments", Map.of("ternaryArguments", new Count(4, 3 * INSTANCE + 24)));
  }

  @Test
  void argumentsOfSuperAndThisAreCounted() throws Exception {
    long lengthThree = 32;
    long lengthOfInner = 16 + 4L * (3 + "java.lang.Object".length()) + 4;
    assertCounts(
        "superArguments",
        Map.of(
            "superArguments",
            instances(1),
            SAMPLES + "$Derived.<init>",
            new Count(2 + 1 + 2, 3 * INSTANCE + lengthThree + lengthOfInner)));
  }

  @Test
  void nestedConstructionsOfOneClassAreCountedOnceEach() throws Exception {
    assertCounts("nestedObjects", Map.of("nestedObjects", instances(7)));
  }

  @Test
  void objectWhoseConstructionFailedIsNotCounted() throws Exception {
    assertCounts(
        "failedConstruction",
        Map.of("failedConstruction", instances(2), SAMPLES + "$Unbuildable.<init>", instances(1)));
  }

  @Test
  void wideLocalsStayInPlace() throws Exception {
    assertCounts("wideLocals", Map.of("wideLocals", new Count(3, 32 + 32 + INSTANCE)));
  }

  @Test
  void branchesOfASwitchAreCountedWhereTheyRan() throws Exception {
    assertCounts("switches", Map.of("switches", new Count(4, 32 + INSTANCE + 24 + 32)));
  }

  @Test
  void switchWithTryInsideArgumentsIsCounted() throws Exception {
    assertCounts("switchArguments", Map.of("switchArguments", new Count(3, 2 * INSTANCE + 24)));
  }

  @Test
  void reflectionIsLeftToTheJdk() throws Exception {
    // The one object is the varargs array of the call; the rest is counted inside Array.
    assertCounts("reflection", Map.of("reflection", new Count(1, 24)));
  }

  @Test
  void intrinsicCopiesAreCountedAtTheirCaller() throws Exception {
    assertCounts("copies", Map.of("copies", new Count(3, 24 + 32 + 24)));
  }

  @Test
  void interfaceMethodsAreWoven() throws Exception {
    assertCounts(
        "interfaceMethods",
        Map.of("interfaceMethods", instances(1), SAMPLES + "$Maker.make", instances(1)));
  }

  @Test
  void synchronisedBlocksAreWoven() throws Exception {
    assertCounts("synchronisedBlocks", Map.of("synchronisedBlocks", instances(2)));
  }

  @Test
  void methodWithoutAllocationCountsNothing() throws Exception {
    assertCounts("nothing", Map.of());
  }

  @Test
  void sitesKnowTheirPlace() throws Exception {
    assertNotNull(weave(AllocatingSamples.Derived.class));
    AllocationSite first = sites.get(0);
    assertEquals(AllocatingSamples.Derived.class.getName(), first.className());
    assertEquals("<init>", first.methodName());
    assertEquals("AllocatingSamples.java", first.fileName());
    assertTrue(first.line() > 0);
    assertFalse(first.fixedClass());
    assertTrue(sites.get(1).fixedClass());
    assertEquals(3, sites.count());
  }

  @Test
  void classWovenAgainKeepsItsSites() throws Exception {
    byte[] once = weave(AllocatingSamples.class);
    int count = sites.count();
    assertArrayEquals(once, weave(AllocatingSamples.class));
    assertEquals(count, sites.count());
  }

  @Test
  void classThatAllocatesNothingStaysAsItIs() throws Exception {
    assertNull(weave(AllocatingSamples.Holder.class));
    byte[] classFile = classFile(AllocatingSamples.Holder.class);
    assertSame(classFile, weaver.weaveHidden(classFile));
  }

  @Test
  void siteNumbersBeyondAShortAreCounted() throws Exception {
    for (int line = 0; line < 70_000; line++) {
      WovenSites.add(sites, line, true);
    }
    assertCounts("objects", Map.of("objects", instances(3)));
  }

  @Test
  void jumpsThatBecomeTooFarForAShortStillWork() throws Exception {
    Class<?> woven = loader.weave("Generated", allocatingLoop(3_000));
    Method run = woven.getMethod("run", int.class);
    Map<String, Count> counts = engine.count(sites, () -> run.invoke(null, 2));
    assertEquals(Map.of("Generated.run", instances(6_000)), counts);
  }

  @Test
  void methodThatBecomesTooLargeLeavesItsClassUnwoven() {
    assertNull(weaver.transform(null, "Generated", null, null, allocatingLoop(6_000)));
    assertEquals(
        "heaplight: class not woven, its allocations are not recorded: Generated,"
            + " cause=net.bytebuddy.jar.asm.MethodTooLargeException: Method too large:"
            + " Generated.run (I)V",
        printed.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void brokenClassIsReportedAndLeftToTheJvm() {
    assertNull(weaver.transform(null, "com/acme/Broken", null, null, new byte[3]));
    assertEquals(
        "heaplight: class not woven, its allocations are not recorded: com/acme/Broken,"
            + " cause=java.lang.ArrayIndexOutOfBoundsException:"
            + " Index 6 out of bounds for length 3",
        printed.toString(StandardCharsets.UTF_8).strip());
    assertEquals(List.of("before", "after 7 19"), metered);
  }

  @Test
  void weavingIsMetered() throws Exception {
    byte[] classFile = classFile(AllocatingSamples.class);
    String name = AllocatingSamples.class.getName().replace('.', '/');
    assertNotNull(weaver.transform(loader, name, null, null, classFile));
    assertEquals(List.of("before", "after 7 " + (classFile.length + 16)), metered);
  }

  @Test
  void agentsOwnClassesAreNotWoven() throws Exception {
    byte[] classFile = classFile(AllocatingSamples.class);
    ClassLoader engineLoader = ClassWeaver.class.getClassLoader();
    assertNull(weaver.transform(engineLoader, "com/acme/Job", null, null, classFile));
    assertNull(weaver.transform(null, "dev/heaplight/hook/InstanceSizes", null, null, classFile));
    assertNull(weaver.transform(null, null, null, null, classFile));
    assertEquals(List.of(), metered);
  }

  @Test
  void everyClassOfALibraryPassesTheVerifier() throws Exception {
    Path jar = Path.of(Opcodes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    WeavingLoader library = new WeavingLoader(weaver, "net.bytebuddy.jar.asm.");
    int verified = 0;
    for (String name : classNames(jar, "net.bytebuddy.jar.asm.")) {
      Class<?> type = library.loadClass(name);
      assertSame(library, type.getClassLoader());
      int unused = type.getDeclaredMethods().length; // links the class, and so verifies it
      verified++;
    }
    assertTrue(verified > 40, "verified=" + verified);
    assertTrue(sites.count() > 300, "sites=" + sites.count());
  }

  @Test
  void preparationWeavesToNoEffect() throws Exception {
    weaver.prepare();
    assertTrue(sites.count() > 0);
    assertEquals(List.of(), metered);
  }

  /** Keys without a class stand for methods of the samples themselves. */
  private static List<String> classNames(Path jar, String prefix) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName().replace('/', '.'))
          .filter(name -> name.startsWith(prefix) && name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .toList();
    }
  }

  private void assertCounts(String method, Map<String, Count> expected) throws Exception {
    Method original = AllocatingSamples.class.getDeclaredMethod(method);
    Class<?> woven = loader.loadClass(AllocatingSamples.class.getName());
    Method copy = woven.getDeclaredMethod(method);
    copy.setAccessible(true);
    List<Object> results = new ArrayList<>();
    Map<String, Count> counts = engine.count(sites, () -> results.add(copy.invoke(null)));
    assertEquals(List.of(original.invoke(null)), results);
    assertSame(loader, woven.getClassLoader());
    Map<String, Count> qualified = new HashMap<>();
    expected.forEach(
        (name, count) -> qualified.put(name.contains(".") ? name : SAMPLES + "." + name, count));
    assertEquals(qualified, counts);
  }

  private static Count instances(long objects) {
    return new Count(objects, objects * INSTANCE);
  }

  private byte @Nullable [] weave(Class<?> type) throws ClassNotFoundException {
    return weaver.weave(type.getName().replace('.', '/'), classFile(type));
  }

  private static byte[] classFile(Class<?> type) throws ClassNotFoundException {
    return WeavingLoader.classFile(type.getName().replace('.', '/'));
  }

  /** {@code class Generated { public static void run(int n) { while (n > 0) ... n--; } }}. */
  private static byte[] allocatingLoop(int allocations) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Generated", null, "java/lang/Object", null);
    MethodVisitor run =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(I)V", null, null);
    Label start = new Label();
    Label end = new Label();
    run.visitCode();
    run.visitLabel(start);
    run.visitVarInsn(Opcodes.ILOAD, 0);
    run.visitJumpInsn(Opcodes.IFLE, end);
    for (int i = 0; i < allocations; i++) {
      run.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
      run.visitInsn(Opcodes.DUP);
      run.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
      run.visitInsn(Opcodes.POP);
    }
    run.visitIincInsn(0, -1);
    run.visitJumpInsn(Opcodes.GOTO, start);
    run.visitLabel(end);
    run.visitInsn(Opcodes.RETURN);
    run.visitMaxs(0, 0);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
