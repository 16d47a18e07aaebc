package dev.heaplight.engine.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.weave.AllocatingCalls.Result;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllocatingCallsTest {
  private static final String CLONE = "()Ljava/lang/Object;";
  private static final String COPY_OF =
      "([Ljava/lang/Object;ILjava/lang/Class;)[Ljava/lang/Object;";

  @Test
  void clonesOfArraysAndOfObjectItselfAllocate() {
    assertEquals(Result.ANY, virtual("[I", "clone", CLONE));
    assertEquals(Result.ANY, virtual("[[Ljava/lang/String;", "clone", CLONE));
    assertEquals(
        Result.ANY,
        AllocatingCalls.resultOf(Opcodes.INVOKESPECIAL, "java/lang/Object", "clone", CLONE));
  }

  @Test
  void clonesOfOtherClassesAreCountedInside() {
    assertNull(virtual("java/util/ArrayList", "clone", CLONE));
    assertNull(AllocatingCalls.resultOf(Opcodes.INVOKESPECIAL, "com/acme/Parent", "clone", CLONE));
    assertNull(virtual("[I", "clone", "(I)Ljava/lang/Object;"));
  }

  @Test
  void reflectiveArraysAllocate() {
    assertEquals(
        Result.ANY,
        statically(
            "java/lang/reflect/Array", "newArray", "(Ljava/lang/Class;I)Ljava/lang/Object;"));
    assertEquals(
        Result.NESTED,
        statically(
            "java/lang/reflect/Array", "multiNewArray", "(Ljava/lang/Class;[I)Ljava/lang/Object;"));
  }

  @Test
  void copiesOfReferencesAllocateAtTheirCaller() {
    assertEquals(Result.ANY, statically("java/util/Arrays", "copyOf", COPY_OF));
    assertTrue(AllocatingCalls.bodyIsCountedAtCaller("java/util/Arrays", "copyOf", COPY_OF));
  }

  @Test
  void copiesWithBytecodeOfTheirOwnAreCountedInside() {
    String bytes = "([BI)[B";
    assertNull(statically("java/util/Arrays", "copyOf", bytes));
    assertFalse(AllocatingCalls.bodyIsCountedAtCaller("java/util/Arrays", "copyOf", bytes));
  }

  @Test
  void methodsOfTheSameNameElsewhereAreOrdinary() {
    assertNull(statically("com/acme/Arrays", "copyOf", COPY_OF));
    assertFalse(AllocatingCalls.bodyIsCountedAtCaller("com/acme/Arrays", "copyOf", COPY_OF));
  }

  @Test
  void arrayTypesAreKnownWhereTheCallTellsThem() {
    assertEquals("[J", AllocatingCalls.arrayType("[J", "clone", CLONE));
    assertEquals("[[I", AllocatingCalls.arrayType("[[I", "clone", CLONE));
    assertEquals(
        "[Ljava/lang/Object;", AllocatingCalls.arrayType("java/util/Arrays", "copyOf", COPY_OF));
    assertEquals("[B", AllocatingCalls.arrayType("java/lang/StringUTF16", "newBytesFor", "(I)[B"));
    assertNull(AllocatingCalls.arrayType("java/lang/Object", "clone", CLONE));
    assertNull(
        AllocatingCalls.arrayType(
            "java/lang/reflect/Array", "newArray", "(Ljava/lang/Class;I)Ljava/lang/Object;"));
  }

  private static @Nullable Result virtual(String owner, String name, String descriptor) {
    return AllocatingCalls.resultOf(Opcodes.INVOKEVIRTUAL, owner, name, descriptor);
  }

  private static @Nullable Result statically(String owner, String name, String descriptor) {
    return AllocatingCalls.resultOf(Opcodes.INVOKESTATIC, owner, name, descriptor);
  }
}
