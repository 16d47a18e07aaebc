package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.AllocateMemory;
import dev.heaplight.agent.worker.ChildFirst;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API on the class path, on the module path, in a child-first loader, and without the agent.
 */
final class LoadersIT {
  private static final int COUNT = 10;
  private static final long SITE_BYTES = COUNT * 1_000_016L;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void programRunsUnchangedWithoutTheAgent(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).withoutAgent();
    WorkerProcess.Result result = worker.run(AllocateMemory.class, Integer.toString(COUNT));

    assertEquals("file=none\ndone, attached=false\n", result.out());
    assertEquals("", result.err());
    assertEquals(List.of(), worker.recordings());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void classPathIsRecorded(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(AllocateMemory.class, Integer.toString(COUNT));

    assertEquals("file=" + worker.recordings().get(0) + "\ndone, attached=true\n", result.out());
    assertEquals("", result.err());
    assertRecorded(worker);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void childFirstLoaderIsRecorded(Jdk jdk) throws Exception {
    String classes = System.getProperty("heaplight.test.classes", "");
    String inner = WorkerProcess.API_JAR + File.pathSeparator + classes + File.separator;
    WorkerProcess worker = new WorkerProcess(jdk, directory).classPath(classes);
    worker.run(ChildFirst.class, inner, Integer.toString(COUNT));

    assertRecorded(worker);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void modulePathIsRecorded(Jdk jdk) throws Exception {
    Path module = compileModule();
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    List<String> command = worker.javaWithAgent();
    command.add("--module-path");
    command.add(module + File.pathSeparator + WorkerProcess.API_JAR);
    command.add("--module");
    command.add("worker.app/worker.app.Main");
    WorkerProcess.Result result = worker.runToEnd(command);

    assertEquals(0, result.exit(), result::toString);
    assertEquals("module worker.app, API in module dev.heaplight.api\n", result.out());
    RecordedScope scope = worker.recording("allocate_memory");
    assertEquals(SITE_BYTES, scope.bytesWhere(entry -> entry.isAt("worker.app.Main", "main")));
  }

  private static void assertRecorded(WorkerProcess worker) throws Exception {
    RecordedScope scope = worker.recording("allocate_memory");
    assertTrue(scope.complete());
    assertEquals(
        SITE_BYTES,
        scope.bytesWhere(entry -> entry.isAt(AllocateMemory.class.getName(), "allocate")));
  }

  private Path compileModule() throws Exception {
    Path source = directory.resolve("module-source/worker/app");
    Files.createDirectories(source);
    Path moduleInfo = directory.resolve("module-source/module-info.java");
    Files.writeString(
        moduleInfo, "module worker.app { requires dev.heaplight.api; exports worker.app; }\n");
    Path main = source.resolve("Main.java");
    Files.writeString(
        main,
        """
        package worker.app;

        import dev.heaplight.Tracker;

        public final class Main {
          static volatile Object sink;

          public static void main(String[] arguments) {
            try (Tracker tracker = Tracker.open("allocate_memory")) {
              for (int i = 0; i < 10; i++) {
                sink = new byte[1_000_000];
              }
            }
            System.out.println(Main.class.getModule() + ", API in " + Tracker.class.getModule());
          }
        }
        """);
    Path classes = directory.resolve("module-classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--release",
                "17",
                "--module-path",
                WorkerProcess.API_JAR.toString(),
                "-d",
                classes.toString(),
                moduleInfo.toString(),
                main.toString()));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertEquals(0, exit);
    return classes;
  }
}
