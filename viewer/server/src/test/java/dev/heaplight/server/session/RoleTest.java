package dev.heaplight.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void clustersOwnProcessesAreKnownByTheirCommand() {
    assertEquals(Role.HEAD, Role.of("/opt/ray/core/src/ray/gcs/gcs_server --port=6379"));
    assertEquals(Role.HEAD, Role.of("/opt/ray/core/src/ray/raylet/raylet --node_ip=10.0.0.1"));
    assertEquals(Role.HEAD, Role.of("java -cp x org.apache.spark.deploy.master.Master --port 1"));
    assertEquals(Role.DRIVER, Role.of("java org.apache.spark.deploy.SparkSubmit --class a.Job"));
    assertEquals(
        Role.MONITOR, Role.of("java -cp cli.jar dev.heaplight.cli.Heaplight monitor --session x"));
    assertEquals(Role.OTHER, Role.of("/usr/bin/vim notes.txt"));
  }

  @Test
  void workerIsOneUnlessItsCommandSaysOtherwise() {
    assertEquals(Role.WORKER, Role.ofWorker("com.acme.Worker --id 7"));
    assertEquals(Role.DRIVER, Role.ofWorker("org.apache.spark.deploy.SparkSubmit job.jar"));
  }
}
