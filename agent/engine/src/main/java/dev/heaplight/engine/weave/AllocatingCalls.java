package dev.heaplight.engine.weave;

import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose allocation no bytecode shows, because the JVM makes it itself or replaces the
 * method's body by code of its own (an intrinsic). They are woven at the caller.
 *
 * <p>An intrinsic's body still runs in the interpreter. Such bodies are left unwoven, or the same
 * allocation would count twice until the method is compiled.
 */
final class AllocatingCalls {
  /** How the result of such a call is to be counted. */
  enum Result {
    /** One object or array of any class. */
    ANY,
    /** An array whose elements may be arrays made by the same call. */
    NESTED
  }

  private static final String UNSAFE = "jdk/internal/misc/Unsafe";
  private static final String COPY_OF =
      "([Ljava/lang/Object;ILjava/lang/Class;)[Ljava/lang/Object;";
  private static final String COPY_OF_RANGE =
      "([Ljava/lang/Object;IILjava/lang/Class;)[Ljava/lang/Object;";
  private static final String NEW_INSTANCE_0 =
      "newInstance0(Ljava/lang/reflect/Constructor;[Ljava/lang/Object;)Ljava/lang/Object;";

  private static final Map<String, Result> CALLS =
      Map.ofEntries(
          Map.entry("java/util/Arrays.copyOf" + COPY_OF, Result.ANY),
          Map.entry("java/util/Arrays.copyOfRange" + COPY_OF_RANGE, Result.ANY),
          Map.entry(
              "java/lang/reflect/Array.newArray(Ljava/lang/Class;I)Ljava/lang/Object;", Result.ANY),
          Map.entry(
              "java/lang/reflect/Array.multiNewArray(Ljava/lang/Class;[I)Ljava/lang/Object;",
              Result.NESTED),
          Map.entry(UNSAFE + ".allocateInstance(Ljava/lang/Class;)Ljava/lang/Object;", Result.ANY),
          Map.entry(
              UNSAFE + ".allocateUninitializedArray(Ljava/lang/Class;I)Ljava/lang/Object;",
              Result.ANY),
          Map.entry("java/lang/StringUTF16.newBytesFor(I)[B", Result.ANY),
          Map.entry("java/lang/StringUTF16.toBytes([CII)[B", Result.ANY),
          Map.entry(
              "jdk/internal/reflect/NativeConstructorAccessorImpl." + NEW_INSTANCE_0, Result.ANY),
          Map.entry(
              "jdk/internal/reflect/DirectConstructorHandleAccessor$NativeAccessor."
                  + NEW_INSTANCE_0,
              Result.ANY));

  private static final Set<String> UNWOVEN_BODIES =
      Set.of(
          "java/util/Arrays.copyOf" + COPY_OF,
          "java/util/Arrays.copyOfRange" + COPY_OF_RANGE,
          UNSAFE + ".allocateUninitializedArray(Ljava/lang/Class;I)Ljava/lang/Object;",
          UNSAFE + ".allocateUninitializedArray0(Ljava/lang/Class;I)Ljava/lang/Object;",
          "java/lang/StringUTF16.newBytesFor(I)[B",
          "java/lang/StringUTF16.toBytes([CII)[B");

  /** Names of the calls: most calls are of none of them, and need no longer key. */
  private static final Set<String> NAMES =
      Set.of(
          "copyOf",
          "copyOfRange",
          "newArray",
          "multiNewArray",
          "allocateInstance",
          "allocateUninitializedArray",
          "newBytesFor",
          "toBytes",
          "newInstance0");

  private static final Set<String> UNWOVEN_OWNERS =
      Set.of("java/util/Arrays", UNSAFE, "java/lang/StringUTF16");

  private AllocatingCalls() {}

  /** How to count what this call returns, or null if the call itself allocates nothing. */
  static @Nullable Result resultOf(int opcode, String owner, String name, String descriptor) {
    if (name.equals("clone") && descriptor.equals("()Ljava/lang/Object;")) {
      boolean array = opcode == Opcodes.INVOKEVIRTUAL && owner.startsWith("[");
      boolean object = opcode == Opcodes.INVOKESPECIAL && owner.equals("java/lang/Object");
      return array || object ? Result.ANY : null;
    }
    return !NAMES.contains(name) ? null : CALLS.get(owner + '.' + name + descriptor);
  }

  /** Type of the array that a call with an {@link Result#ANY} returns; null if not known here. */
  static @Nullable String arrayType(String owner, String name, String descriptor) {
    String returned = descriptor.substring(descriptor.indexOf(')') + 1);
    if (returned.startsWith("[")) {
      return returned;
    }
    return name.equals("clone") && owner.startsWith("[") ? owner : null;
  }

  /** Whether the method's own allocations are counted at its callers instead. */
  static boolean bodyIsCountedAtCaller(String owner, String name, String descriptor) {
    return UNWOVEN_OWNERS.contains(owner)
        && UNWOVEN_BODIES.contains(owner + '.' + name + descriptor);
  }
}
