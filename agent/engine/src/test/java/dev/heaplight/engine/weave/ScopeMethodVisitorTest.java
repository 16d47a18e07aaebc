package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.engine.AgentLog;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Woven methods are loaded, so the JVM verifies them, and run. */
class ScopeMethodVisitorTest {
  private static final List<String> ONCE = List.of("enter 0", "exit 0");

  private final CountingEngine engine = new CountingEngine();

  @AfterEach
  void disconnect() {
    engine.close();
    assertEquals(List.of(), engine.failures());
  }

  @Test
  void everyReturnClosesTheScope() throws Exception {
    Method returns = woven("returns", int.class);
    assertEquals("zero", returns.invoke(null, 0));
    assertEquals("some", returns.invoke(null, 2));
    assertEquals("more than three", returns.invoke(null, 9));
    assertEquals(
        List.of("enter 0", "exit 0", "enter 0", "exit 0", "enter 0", "exit 0"), engine.scopes());
  }

  @Test
  void wideResultComesThrough() throws Exception {
    assertEquals(
        1L << 40 | 2, woven("returnsLong", long.class, double.class).invoke(null, 1L << 40, 4.5));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void exceptionClosesTheScopeAndGoesOn() throws Exception {
    Method throwsOut = woven("throwsOut", int.class);
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> throwsOut.invoke(null, 5));
    IllegalStateException cause = assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertEquals("choice=5", cause.getMessage());
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void methodThatMayThrowClosesTheScopeOnceWhenItDoesNot() throws Exception {
    assertEquals(null, woven("throwsOut", int.class).invoke(null, 0));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void caughtExceptionClosesNothing() throws Exception {
    Method catches = woven("catchesItsOwn", String.class);
    assertEquals("no number.", catches.invoke(null, "x"));
    assertEquals(ONCE, engine.scopes());
    assertEquals("17.", catches.invoke(null, "17"));
  }

  @Test
  void loopAtTheStartOpensOneScope() throws Exception {
    assertEquals(0, woven("loopsFromItsStart", int.class).invoke(null, 5));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void recursionOpensAScopeAtEachCall() throws Exception {
    assertEquals(2, woven("recurses", int.class).invoke(null, 2));
    assertEquals(
        List.of("enter 0", "enter 0", "enter 0", "exit 0", "exit 0", "exit 0"), engine.scopes());
  }

  @Test
  void synchronisedInstanceMethodIsAScope() throws Exception {
    Method counts = woven("counts");
    Constructor<?> constructor = counts.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    assertEquals(1, counts.invoke(constructor.newInstance()));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void everyOverloadIsAScope() throws Exception {
    assertEquals("int 1", woven("overloaded", int.class).invoke(null, 1));
    assertEquals("text x", woven("overloaded", String.class).invoke(null, "x"));
    assertEquals(List.of("enter 0", "exit 0", "enter 0", "exit 0"), engine.scopes());
  }

  @Test
  void receiverAndArgumentsOfEverySortArePassed() throws Exception {
    Class<?> woven =
        loader(ScopeMethods.Passes.CALL, "ScopedSamples.takesAll", "ScopedSamples.takesStatic")
            .loadClass(ScopedSamples.class.getName());
    Class<?>[] sorts = {
      boolean.class,
      byte.class,
      char.class,
      short.class,
      int.class,
      long.class,
      float.class,
      double.class,
      String.class,
      int[].class
    };
    int[] array = {7};
    Object[] arguments = {true, (byte) 1, 'c', (short) 2, 3, 1L << 40, 4.5f, 5.5, "text", array};
    Method takesAll = woven.getDeclaredMethod("takesAll", sorts);
    takesAll.setAccessible(true);
    Constructor<?> constructor = woven.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object receiver = constructor.newInstance();
    Object result = takesAll.invoke(receiver, arguments);
    assertEquals("true1c23" + (1L << 40) + "4.55.5text7", result);
    List<Object> call = new ArrayList<>(List.of(receiver));
    call.addAll(List.of(arguments));
    assertEquals(call, engine.lastCall());
    Method takesStatic = woven.getDeclaredMethod("takesStatic", long.class, String.class);
    takesStatic.setAccessible(true);
    assertEquals("9x", takesStatic.invoke(null, 9L, "x"));
    assertEquals(Arrays.asList(null, 9L, "x"), engine.lastCall());
    assertEquals(List.of("enter 0", "exit 0", "enter 1", "exit 1"), engine.scopes());
  }

  @Test
  void bridgeOpensNoSecondScope() throws Exception {
    Class<?> shout = loader("ScopedSamples$Shout.apply").loadClass(Shouting.NAME);
    Constructor<?> constructor = shout.getDeclaredConstructor();
    constructor.setAccessible(true);
    assertEquals("hey!", Shouting.shout(constructor.newInstance()));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void bridgeToASuperclassIsTheScopeItself() throws Exception {
    Class<?> visible =
        loader("ScopedSamples$Visible.inherited").loadClass(ScopedSamples.Visible.class.getName());
    Constructor<?> constructor = visible.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method inherited = visible.getDeclaredMethod("inherited");
    inherited.setAccessible(true);
    assertEquals("inherited", inherited.invoke(constructor.newInstance()));
    assertEquals(ONCE, engine.scopes());
  }

  @Test
  void classFromBeforeJava6IsWoven() throws Exception {
    for (int version : new int[] {Opcodes.V1_1, Opcodes.V1_5, Opcodes.V1_6}) {
      ClassWeaver weaver =
          new ClassWeaver(
              new SiteTable(),
              targets(List.of("com.acme.Old.run"), ScopeMethods.Passes.NOTHING),
              new NoMeter(),
              new AgentLog(System.err, true));
      Method run =
          new WeavingLoader(weaver, ScopedSamples.class)
              .weave("com.acme.Old", oldClass(version))
              .getMethod("run", String.class);
      int before = engine.scopes().size();
      assertEquals(3, run.invoke(null, "abc"));
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class, () -> run.invoke(null, new Object[] {null}));
      assertInstanceOf(NullPointerException.class, thrown.getCause());
      assertEquals(
          List.of("enter 0", "exit 0", "enter 0", "exit 0"),
          engine.scopes().subList(before, engine.scopes().size()));
    }
  }

  @Test
  void otherMethodsAreNoScopes() throws Exception {
    Class<?> woven = loader("ScopedSamples.returns").loadClass(ScopedSamples.class.getName());
    Method other = woven.getDeclaredMethod("overloaded", int.class);
    other.setAccessible(true);
    assertEquals("int 1", other.invoke(null, 1));
    assertEquals(List.of(), engine.scopes());
  }

  @Test
  void numberIsThatOfTheOption() throws Exception {
    Class<?> woven =
        loader("Unrelated.run", "ScopedSamples.returns").loadClass(ScopedSamples.class.getName());
    Method returns = woven.getDeclaredMethod("returns", int.class);
    returns.setAccessible(true);
    assertEquals("zero", returns.invoke(null, 0));
    assertEquals(List.of("enter 1", "exit 1"), engine.scopes());
  }

  /** Calls through the interface, as a framework would. */
  private static final class Shouting {
    private static final String NAME = ScopedSamples.Shout.class.getName();

    @SuppressWarnings("unchecked") // the copy implements the same interface of the JDK
    static String shout(Object copy) {
      return ((UnaryOperator<String>) copy).apply("hey");
    }
  }

  /** {@code public static int run(String text) { return text.length(); }}. */
  private static byte[] oldClass(int version) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(version, Opcodes.ACC_PUBLIC, "com/acme/Old", null, "java/lang/Object", null);
    MethodVisitor run =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(Ljava/lang/String;)I", null, null);
    run.visitCode();
    run.visitVarInsn(Opcodes.ALOAD, 0);
    run.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
    run.visitInsn(Opcodes.IRETURN);
    run.visitMaxs(1, 1);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static Method woven(String name, Class<?>... parameters) throws Exception {
    Class<?> woven = loader("ScopedSamples." + name).loadClass(ScopedSamples.class.getName());
    Method method = woven.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static ScopeMethods targets(List<String> qualified, ScopeMethods.Passes passes) {
    return new ScopeMethods(
        qualified.stream()
            .map(
                name -> {
                  int dot = name.lastIndexOf('.');
                  return new ScopeMethods.Target(
                      name.substring(0, dot), name.substring(dot + 1), passes);
                })
            .toList());
  }

  private static WeavingLoader loader(String... scopeMethods) {
    return loader(ScopeMethods.Passes.NOTHING, scopeMethods);
  }

  private static WeavingLoader loader(ScopeMethods.Passes passes, String... scopeMethods) {
    List<String> qualified =
        List.of(scopeMethods).stream()
            .map(name -> ScopedSamples.class.getPackageName() + "." + name)
            .toList();
    return new WeavingLoader(
        new ClassWeaver(
            new SiteTable(),
            targets(qualified, passes),
            new NoMeter(),
            new AgentLog(System.err, true)),
        ScopedSamples.class);
  }

  private static final class NoMeter implements ClassWeaver.WeavingMeter {
    @Override
    public long before() {
      return 0;
    }

    @Override
    public void after(long token, long allocatedByJvm) {}
  }
}
