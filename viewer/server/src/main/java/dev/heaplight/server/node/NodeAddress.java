package dev.heaplight.server.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where another node's server is, and what it wants to know.
 *
 * @param base scheme, host and port
 * @param token the token in its address; null if it had none
 */
record NodeAddress(URI base, @Nullable String token) {
  private static final Pattern TOKEN = Pattern.compile("(?:^|&)token=([A-Za-z0-9._~-]+)(?:&|$)");

  /**
   * The address as that server printed it.
   *
   * @param ownToken for an address without one
   * @throws IllegalArgumentException if it is none
   */
  static NodeAddress of(String text, @Nullable String ownToken) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an address", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("expected=http://host:port/?token=... or https://...");
    }
    String query = uri.getRawQuery();
    Matcher token = TOKEN.matcher(query == null ? "" : query);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new NodeAddress(
        URI.create(uri.getScheme() + "://" + uri.getHost() + port),
        token.find() ? token.group(1) : ownToken);
  }

  /** As it is shown: never with the token. */
  String shown() {
    return base.toString();
  }
}
