package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.decode.DecodeMode;
import dev.lakelens.decode.ExifOrientation;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.pipeline.Versions;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.PropertiesDefaultProvider;
import picocli.CommandLine.RunLast;

/** Runs one command: {@code Main COMMAND ARGUMENT...}. */
public final class Main {
  private static final Map<String, Supplier<Object>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "label", LabelCommand::new,
              "embed", EmbedCommand::new,
              "model", ModelCommand::new,
              "bench", BenchCommand::new));

  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Interruption interruption =
        new Interruption(arguments.length == 0 ? "jobs" : "jobs/" + arguments[0]);
    interruption.watch();
    int code = run(interruption::runs, arguments);
    interruption.over();
    System.exit(code);
  }

  static int run(String... arguments) {
    return run(command -> {}, arguments);
  }

  /**
   * @param starting hears of the command that runs, a subcommand where there is one
   */
  static int run(Consumer<CommandLine> starting, String... arguments) {
    Supplier<Object> command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (command == null) {
      System.err.println("Give a command: " + String.join(", ", COMMANDS.keySet()));
      return ExitCode.USAGE;
    }
    CommandLine line = commandLine("jobs/" + arguments[0], command.get());
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    if (rest.length == 0) {
      line.usage(System.err);
      return ExitCode.USAGE;
    }
    line.setExecutionStrategy(
        parsed -> {
          starting.accept(last(parsed));
          return new RunLast().execute(parsed);
        });
    return line.execute(rest);
  }

  private static CommandLine last(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    return commands.get(commands.size() - 1);
  }

  private static CommandLine commandLine(String name, Object command) {
    CommandLine line = new CommandLine(command).setCommandName(name);
    addVersion(line);
    line.getSubcommands().values().forEach(Main::addVersion);
    String home = System.getProperty("lakelens.home");
    if (home != null) {
      line.setDefaultValueProvider(
          new PropertiesDefaultProvider(new File(home, "conf/lakelens.properties")));
    }
    return registerTypes(line)
        .setExpandAtFiles(false) // a file may be named @photo.jpg
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(
            (failure, given) ->
                usage(nameOf(failure.getCommandLine()), WrongUsage.sentence(failure)))
        .setExecutionExceptionHandler((failure, given, parsed) -> failed(given, failure));
  }

  private static CommandLine registerTypes(CommandLine line) {
    return line.registerConverter(Path.class, new LocalFile())
        .registerConverter(Integer.class, Numbers.INTEGER)
        .registerConverter(int.class, Numbers.INTEGER)
        .registerConverter(long.class, Numbers.LONG)
        .registerConverter(double.class, Numbers.DECIMAL)
        .registerConverter(Double.class, Numbers.DECIMAL)
        .registerConverter(Family.class, new Choice<>(Family.class, Family::text))
        .registerConverter(Head.class, Choice.of(Head.class))
        .registerConverter(Resize.class, Choice.of(Resize.class))
        .registerConverter(Interpolation.class, Choice.of(Interpolation.class))
        .registerConverter(Range.class, Choice.of(Range.class))
        .registerConverter(DecodeMode.class, Choice.of(DecodeMode.class))
        .registerConverter(ExifOrientation.class, Choice.of(ExifOrientation.class));
  }

  private static void addVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(() -> new String[] {"lakelens " + Versions.lakelens()});
  }

  private static String nameOf(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static int usage(String name, String sentence) {
    System.err.printf("%s: %s%nTry %s --help%n", name, sentence, name);
    return ExitCode.USAGE;
  }

  private static int failed(CommandLine command, Exception failure) {
    String name = nameOf(command);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SetupException || cause instanceof ModelException) {
        System.err.printf("%s: %s%n", name, cause.getMessage());
        return ExitCode.USAGE;
      }
    }
    failure.printStackTrace();
    System.err.printf("%s: failed: %s%n", name, failure.getMessage());
    if (command.getCommand() instanceof Breakable breakable) {
      System.err.println(breakable.whereItBreaksOff());
    }
    return ExitCode.FAILED;
  }
}
