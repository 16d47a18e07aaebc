package dev.heaplight.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostCheckTest {
  private final HostCheck check = new HostCheck(Set.of("worker-3"));

  @Test
  void addressesAndOwnNamesAreThisServer() {
    for (String host :
        List.of(
            "127.0.0.1",
            "127.0.0.1:80",
            "10.1.2.3:8080",
            "[::1]",
            "[fe80::1%eth0]:80",
            "localhost",
            "LOCALHOST:9",
            "worker-3",
            "Worker-3:80")) {
      assertTrue(check.allows(host), host);
    }
  }

  @Test
  void otherNamesAreNot() {
    for (String host :
        List.of(
            "",
            ":80",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "worker-3.evil.example",
            "evil.example:80",
            "127.0.0.1@evil.example",
            "127.0.0.1:80:evil",
            "0x7f000001",
            "[evil]",
            "127.0.0.1 evil")) {
      assertFalse(check.allows(host), host);
    }
  }
}
