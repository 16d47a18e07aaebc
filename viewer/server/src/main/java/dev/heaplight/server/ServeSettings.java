package dev.heaplight.server;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session is served.
 *
 * @param session the session's directory
 * @param host name or address to listen at
 * @param port port to listen at; 0 for any that is free
 * @param authenticated whether a token is asked for
 * @param token the token; null for a random one
 * @param nodes addresses of other nodes' servers, as those printed them
 * @param keyStore key and certificate for TLS, which other nodes' servers are trusted by as well;
 *     null for plain HTTP
 * @param keyStorePassword of the key store and its key
 */
public record ServeSettings(
    Path session,
    String host,
    int port,
    boolean authenticated,
    @Nullable String token,
    List<String> nodes,
    @Nullable Path keyStore,
    String keyStorePassword) {

  /** As the verb has them where nothing is said. */
  public static ServeSettings of(Path session) {
    return new ServeSettings(session, "127.0.0.1", 0, true, null, List.of(), null, "");
  }
}
