package dev.lakelens.jobs;

import dev.lakelens.decode.DecodeOptions;
import dev.lakelens.diagnose.Bench;
import dev.lakelens.diagnose.BenchResult;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Model;
import dev.lakelens.pipeline.LabelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobs/bench}: how fast, and what bounds it. */
@Command(
    description = {
      "Measures a labelling job on images of your own, and the same rooms in a plain loop of",
      "threads without Spark and Parquet, which bounds it: in turn, in one JVM. Then the network",
      "alone, by threads and batch. Leave the machine idle meanwhile."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/bench photos",
      "  jobs/bench photos --model b0.card.json --images 2000 --passes 5 --json",
      "  jobs/bench s3a://lake/images --master yarn --scratch s3a://lake/tmp",
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage or set-up.",
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private InputOptions inputs;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Images at most, spread over the input (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Passes whose median counts, after one to warm up (default: ${DEFAULT-VALUE}).")
  private int passes;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = {
        "Directory for the datasets that it writes and removes (default: a",
        "temporary one of this machine)."
      })
  private String scratch; // null for a temporary directory of this machine

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private SparkOptions spark;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    requirePositive("--images", images);
    requirePositive("--passes", passes);
    LabelOptions options = options();
    try (StartingSpark spark = this.spark.start(network.conf())) {
      Model model = network.model();
      JavaSparkContext context = spark.context();
      Bench bench =
          new Bench(context, model, options, step -> System.err.println("bench: " + step));
      BenchResult result = bench.run(inputs.all(), images, passes, scratch(context));
      System.out.print(json ? BenchText.json(result) : BenchText.table(result));
    }
    return ExitCode.DONE;
  }

  private LabelOptions options() {
    try {
      return new LabelOptions(
          true,
          LabelOptions.DEFAULT_TOP,
          network.batch(),
          LabelOptions.DEFAULT_MAX_BYTES,
          DecodeOptions.DEFAULTS);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private String scratch(JavaSparkContext context) throws IOException {
    if (scratch != null) {
      return scratch;
    }
    if (!context.isLocal()) {
      throw new SetupException(
          "Executors on other machines cannot write to a directory of this one. Give --scratch.");
    }
    Path directory = Files.createTempDirectory("lakelens-bench");
    directory.toFile().deleteOnExit();
    return directory.toUri().toString();
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "%s must be at least 1, and is %d".formatted(option, value));
    }
  }
}
