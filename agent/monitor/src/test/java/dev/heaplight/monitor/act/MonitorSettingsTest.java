package dev.heaplight.monitor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.policy.KillPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorSettingsTest {
  @Test
  void triggerIsAShareOrADistanceWhicheverIsHigher() {
    MonitorSettings settings = MonitorSettings.DEFAULT;
    assertEquals(950, settings.triggerBytes(1000));
    assertEquals(990, settings.with("min-free-bytes", "10").triggerBytes(1000));
    assertEquals(950, settings.with("min-free-bytes", "100").triggerBytes(1000));
  }

  @Test
  void warningIsNeverAboveTheTrigger() {
    assertEquals(850, MonitorSettings.DEFAULT.warnBytes(1000));
    assertEquals(500, MonitorSettings.DEFAULT.with("threshold", "0.5").warnBytes(1000));
  }

  @Test
  void zeroSwitchesItOff() {
    assertTrue(MonitorSettings.DEFAULT.isOn());
    assertFalse(MonitorSettings.DEFAULT.with("refresh-ms", "0").isOn());
  }

  @Test
  void settingsAreTakenTogether() {
    MonitorSettings settings =
        MonitorSettings.DEFAULT.with("f", Map.of("policy", "by-time", "rungs", "kill"));
    assertEquals(KillPolicy.BY_TIME, settings.policy());
    assertFalse(settings.warns());
    assertFalse(settings.fails());
    assertTrue(settings.kills());
    assertFalse(settings.withoutKills().kills());
  }

  @Test
  void threadCanBeLeftAtOrdinaryPriority() {
    assertTrue(MonitorSettings.DEFAULT.raises());
    MonitorSettings ordinary = MonitorSettings.DEFAULT.with("priority", "ordinary");
    assertFalse(ordinary.raises());
    assertFalse(ordinary.with("rungs", "kill").withoutKills().raises());
    assertTrue(ordinary.with("priority", "raised").raises());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threshold      | 95    | a share such as 0.95, above 0 and at most 1",
        "warn           | x     | a share such as 0.95, above 0 and at most 1",
        "refresh-ms     | -1    | a number, 0 or above",
        "min-free-bytes | 1g    | a number, 0 or above",
        "rungs          | shout | some of warn, fail and kill with + between them, or none",
        "priority       | high  | raised or ordinary",
      })
  void malformedValuesAreRefused(String key, String value, String expected) {
    assertEquals(
        "malformed setting: actual=" + key + "=" + value + ", expected=" + expected,
        assertThrows(IllegalArgumentException.class, () -> MonitorSettings.DEFAULT.with(key, value))
            .getMessage());
  }

  @Test
  void unknownSettingsAreRefused() {
    assertEquals(
        "unknown setting: actual=x, expected=threshold, min-free-bytes, refresh-ms, warn, policy,"
            + " rungs, priority",
        assertThrows(IllegalArgumentException.class, () -> MonitorSettings.DEFAULT.with("x", "1"))
            .getMessage());
  }
}
