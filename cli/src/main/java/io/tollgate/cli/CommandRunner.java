package io.tollgate.cli;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs one command line: what is printed where, and which exit code it ends with. */
final class CommandRunner {

  private final Console console;
  private final List<Class<?>> more;
  private final Tollgate tollgate = new Tollgate();

  CommandRunner(Console console, List<Class<?>> more) {
    this.console = console;
    this.more = more;
  }

  int run(String... args) {
    CommandLine commands = new CommandLine(tollgate, factory());
    more.forEach(commands::addSubcommand);
    commands
        .setOut(console.out())
        .setErr(console.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((e, given) -> refuse(e))
        .setExecutionExceptionHandler((e, command, result) -> fail(e));
    var unused = showExitCodes(commands);
    try {
      return commands.execute(args);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private int execute(ParseResult result) {
    if (tollgate.global.verbose) {
      LogConfigurator.verbose();
    }
    return new RunLast().execute(result);
  }

  private int refuse(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    console
        .err()
        .println(
            "%s%s; see '%s --help'"
                .formatted(
                    Messages.PREFIX, Messages.oneLine(String.valueOf(e.getMessage())), command));
    trace(e);
    return ExitCode.USAGE.code();
  }

  private int fail(Exception e) {
    // Results that were printed before the failure come before it.
    console.out().flush();
    ExitCode code = ExitCode.FAILURE;
    if (e instanceof CommandException known) {
      code = known.exitCode();
      console.err().println(known.line());
    } else if (e instanceof IOException) {
      // Files and pipes fail for reasons that need no class name.
      console.err().println(Messages.PREFIX + Messages.oneLine(String.valueOf(e.getMessage())));
    } else {
      console.err().println(Messages.unexpected(e));
    }
    trace(e);
    return code.code();
  }

  private void trace(Exception e) {
    if (tollgate.global.stacktrace) {
      e.printStackTrace(console.err());
    }
  }

  /** Commands that have a constructor for it get the console. */
  private IFactory factory() {
    IFactory plain = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
          Class<?>[] parameters = constructor.getParameterTypes();
          if (parameters.length == 1 && parameters[0] == Console.class) {
            return type.cast(constructor.newInstance(console));
          }
        }
        return plain.create(type);
      }
    };
  }

  /** Returns the codes it shows. */
  private static Set<ExitCode> showExitCodes(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Set<ExitCode> codes = EnumSet.of(ExitCode.OK, ExitCode.FAILURE, ExitCode.USAGE);
    codes.addAll(namedBy(spec.userObject()));
    spec.mixins().values().forEach(mixin -> codes.addAll(namedBy(mixin.userObject())));
    command.getSubcommands().values().forEach(each -> codes.addAll(showExitCodes(each)));
    Map<String, String> list = new LinkedHashMap<>();
    codes.forEach(code -> list.put(Integer.toString(code.code()), code.meaning()));
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    spec.usageMessage().exitCodeList(list);
    return codes;
  }

  private static List<ExitCode> namedBy(Object commandOrMixin) {
    EndsWith codes = commandOrMixin.getClass().getAnnotation(EndsWith.class);
    return codes == null ? List.of() : List.of(codes.value());
  }
}
