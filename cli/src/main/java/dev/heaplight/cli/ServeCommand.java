package dev.heaplight.cli;

import dev.heaplight.server.ServeException;
import dev.heaplight.server.ServeSettings;
import dev.heaplight.server.SessionServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a session live. */
@Command(
    name = "serve",
    description = {
      "Shows a session live as a page: memory, tasks, kills, and its logs to open and download.",
      "Prints the page's address, with the token that it asks for, and runs until it is stopped.",
      "The token is random, or the one in HEAPLIGHT_SERVE_TOKEN. /metrics is for Prometheus."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SESSION",
      arity = "0..1",
      description = "The session's directory. Default: the latest session.")
  private @Nullable Path session;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen at. Default: ${DEFAULT-VALUE}, this machine only.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port to listen at. Default: any that is free.")
  private int port;

  @Option(names = "--no-auth", description = "Ask for no token; on this machine only.")
  private boolean open;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "Join another node's server by the address it printed; may be repeated.")
  private List<String> nodes = List.of();

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description =
          "Speak TLS with the key in this PKCS#12 file, and trust its certificates in other nodes."
              + " Its password is taken from HEAPLIGHT_KEYSTORE_PASSWORD.")
  private @Nullable Path keyStore;

  @Override
  public Integer call() throws UserError, IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      SessionServer server =
          SessionServer.start(settings(), trouble -> err.println("heaplight: serve: " + trouble));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "heaplight-serve-stop"));
      print(server.session(), server.address().toString());
      new CountDownLatch(1).await(); // a signal ends it
      return 0;
    } catch (ServeException e) {
      throw new UserError(e.what(), e.why(), e.remedy(), e);
    }
  }

  private ServeSettings settings() throws UserError, IOException {
    String password = System.getenv("HEAPLIGHT_KEYSTORE_PASSWORD");
    return new ServeSettings(
        session == null ? Sessions.newest("cannot serve") : session,
        host,
        port,
        !open,
        System.getenv("HEAPLIGHT_SERVE_TOKEN"),
        nodes,
        keyStore,
        password == null ? "" : password);
  }

  private void print(String served, String address) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Serving " + served);
    out.println("Open " + address);
    out.flush();
    if (!host.matches("127\\..*|localhost|::1") && keyStore == null) {
      spec.commandLine()
          .getErr()
          .println(
              "note: without --key-store the token and all else cross the network in the clear");
    }
  }

  private static void close(SessionServer server) {
    try {
      server.close();
    } catch (IOException e) {
      return; // files for pages that were being drawn stay in the directory for temporary files
    }
  }
}
