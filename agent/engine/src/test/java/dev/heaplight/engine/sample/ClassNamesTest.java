package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
  @Test
  void ordinaryNamesStay() {
    assertEquals("java.util.ArrayList", ClassNames.of(ArrayList.class));
    assertEquals("java.util.Map$Entry", ClassNames.of(Map.Entry.class));
    assertEquals("byte[]", ClassNames.of(byte[].class));
    assertEquals("java.lang.String[][]", ClassNames.of(String[][].class));
  }

  @Test
  void lambdaLosesAddressAndSerialNumber() {
    assertEquals(
        "com.acme.Job$$Lambda", ClassNames.withoutAddress("com.acme.Job$$Lambda$14/0x0000000800c"));
    assertEquals(
        "com.acme.Job$$Lambda", ClassNames.withoutAddress("com.acme.Job$$Lambda/0x0000000800c"));
  }

  @Test
  void otherHiddenClassLosesItsAddressAlone() {
    assertEquals(
        "java.lang.invoke.LambdaForm$MH",
        ClassNames.withoutAddress("java.lang.invoke.LambdaForm$MH/0x0000000800c"));
  }

  @Test
  void arrayOfAHiddenClassStaysAnArray() {
    assertEquals(
        "com.acme.Job$$Lambda[][]",
        ClassNames.withoutAddress("com.acme.Job$$Lambda$14/0x0000000800c[][]"));
    Runnable lambda = () -> {};
    assertEquals(
        ClassNamesTest.class.getName() + "$$Lambda[]",
        ClassNames.of(Array.newInstance(lambda.getClass(), 0).getClass()));
  }

  @Test
  void liveLambdaHasAStableName() {
    Runnable lambda = () -> {};
    assertEquals(ClassNamesTest.class.getName() + "$$Lambda", ClassNames.of(lambda.getClass()));
  }
}
