package dev.heaplight.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a client must know to be answered. Immutable. */
public final class Token {
  /** The shortest that may be given: 16 characters of 64 kinds are 96 bits. */
  public static final int MIN_CHARS = 16;

  private static final int RANDOM_BYTES = 32;

  private final String text;
  private final byte[] bytes;

  private Token(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  /** A new one, not to be guessed. */
  public static Token random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * One that was given.
   *
   * @throws IllegalArgumentException if it is short, or holds what an address or a header cannot
   */
  public static Token of(String given) {
    if (!given.matches("[A-Za-z0-9._~-]{" + MIN_CHARS + ",200}")) {
      throw new IllegalArgumentException(
          "expected=" + MIN_CHARS + " to 200 letters, digits and any of . _ ~ -");
    }
    return new Token(given);
  }

  /** The token itself, for the address that is printed. */
  public String text() {
    return text;
  }

  /** Whether this is it. Takes as long for any text of the same length, so none can be felt for. */
  boolean is(@Nullable String offered) {
    return offered != null
        && MessageDigest.isEqual(bytes, offered.getBytes(StandardCharsets.UTF_8));
  }
}
