package dev.heaplight.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS by one key store: its key is this server's, its certificates are those that are trusted. */
final class Tls {
  private Tls() {}

  /**
   * The key store's TLS.
   *
   * @throws ServeException if it cannot be read, or holds no key
   */
  static SSLContext of(Path keyStore, String password) throws ServeException {
    char[] secret = password.toCharArray();
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
      keys.load(in, secret);
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, secret);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ServeException(
          "cannot use key store " + keyStore,
          String.valueOf(e.getMessage()),
          "give a PKCS#12 file made with keytool, and its password in HEAPLIGHT_KEYSTORE_PASSWORD");
    }
  }
}
