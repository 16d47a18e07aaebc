package dev.heaplight.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeAddressTest {
  @Test
  void addressIsTakenAsItWasPrinted() {
    NodeAddress address = NodeAddress.of("http://10.0.0.2:8080/?token=abc_-.~1", null);
    assertEquals("http://10.0.0.2:8080", address.base().toString());
    assertEquals("abc_-.~1", address.token());
    assertEquals("http://10.0.0.2:8080", address.shown());
    assertEquals("https://[::1]:9", NodeAddress.of("https://[::1]:9/", null).shown());
  }

  @Test
  void ownTokenIsForAddressesWithoutOne() {
    assertEquals("own", NodeAddress.of("http://node-2:80", "own").token());
    assertEquals("its", NodeAddress.of("http://node-2:80/?token=its", "own").token());
    assertNull(NodeAddress.of("http://node-2:80/", null).token());
  }

  @Test
  void whatIsNoAddressOfAServerIsRefused() {
    for (String text :
        List.of("", "node-2", "ftp://node-2", "http:///x", "http://user:x@node-2/", "http://a b")) {
      assertThrows(IllegalArgumentException.class, () -> NodeAddress.of(text, null), text);
    }
  }
}
