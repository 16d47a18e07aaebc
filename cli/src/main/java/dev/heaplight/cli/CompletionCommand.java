package dev.heaplight.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that has a shell complete verbs and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that has a shell complete verbs and options.",
      "bash and zsh: source <(heaplight completion bash); fish: heaplight completion fish | source."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompletionCommand implements Callable<Integer> {
  /** Shells by the names users type, which is why they are in small letters. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.fish) {
      out.print(FishCompletion.of(root));
    } else {
      // The script looks for zsh itself and switches on zsh's emulation of bash's completion.
      out.print(AutoComplete.bash(root.getCommandName(), root));
    }
    return 0;
  }
}
