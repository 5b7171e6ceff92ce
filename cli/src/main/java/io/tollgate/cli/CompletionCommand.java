package io.tollgate.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes this command. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print the script with which a shell completes commands, options and their values.",
      "It is for this version of the command; print it again after an upgrade."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tollgate completion bash)",
      "  tollgate completion zsh > ~/.tollgate-completion && source ~/.tollgate-completion"
    })
public final class CompletionCommand implements Callable<Integer> {

  /** A shell that can complete. */
  enum Shell {
    BASH,
    ZSH
  }

  private final Console console;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  @SuppressWarnings("NullAway.Init")
  Shell shell;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (shell == Shell.ZSH) {
      // The script is for bash; zsh runs it once its own completion is on.
      console.out().println("autoload -U +X compinit && compinit -u");
      console.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    console.out().println(AutoComplete.bash("tollgate", spec.root().commandLine()));
    return ExitCode.OK.code();
  }
}
