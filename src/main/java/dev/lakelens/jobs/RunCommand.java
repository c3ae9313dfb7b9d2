package dev.lakelens.jobs;

import dev.lakelens.decode.DecodeMode;
import dev.lakelens.decode.DecodeOptions;
import dev.lakelens.decode.ExifOrientation;
import dev.lakelens.decode.ImageDecoder;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Counted;
import dev.lakelens.model.Model;
import dev.lakelens.pipeline.LabelJob;
import dev.lakelens.pipeline.LabelOptions;
import dev.lakelens.pipeline.RunResult;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code label} and {@code embed} share: all but the labels. */
abstract class RunCommand implements Callable<Integer>, Breakable {
  @Mixin private InputOptions inputs;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Dataset that gets one more run; made where nothing is.")
  private String output;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      defaultValue = "" + LabelOptions.DEFAULT_MAX_BYTES,
      description = "Reject larger files unread (default: ${DEFAULT-VALUE}).")
  private long maxBytes;

  @Option(
      names = "--max-pixels",
      paramLabel = "PIXELS",
      defaultValue = "" + DecodeOptions.DEFAULT_MAX_PIXELS,
      description = "Reject larger images undecoded (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  @Option(
      names = "--decode",
      paramLabel = "MODE",
      defaultValue = "exact",
      description =
          "exact, or fast: a JPEG of at least four times the size that the network needs is decoded"
              + " at a half, a quarter or an eighth (default: ${DEFAULT-VALUE}).")
  private DecodeMode decode;

  @Option(
      names = "--exif-orientation",
      paramLabel = "POLICY",
      defaultValue = "ignore",
      description = "ignore, as training did, or apply (default: ${DEFAULT-VALUE}).")
  private ExifOrientation exifOrientation;

  @Option(
      names = "--max-rejected",
      paramLabel = "N|P%",
      converter = RejectLimit.Converter.class,
      description = "Exit with 3 if more images than this count or share are rejected.")
  private RejectLimit maxRejected;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Tasks, one file each (default: by bytes and cores, at least 4 a core).")
  private Integer partitions; // null for the default

  @Option(names = "--json", description = "Print the manifest of the run instead of a summary.")
  private boolean json;

  @Mixin private SparkOptions spark;

  @Spec private CommandSpec command;

  abstract boolean labels();

  /** Classes in the column {@code top}. */
  abstract int top();

  @Override
  public String whereItBreaksOff() {
    return "What earlier runs committed is untouched.";
  }

  @Override
  public Integer call() throws IOException {
    int code = runToEnd(options());
    ClassData.keep();
    return code;
  }

  private int runToEnd(LabelOptions options) throws IOException {
    try (StartingSpark spark = this.spark.start(network.conf())) {
      Model model = network.model();
      ImageDecoder.nativeFailure().ifPresent(this::warnOfSlowDecoding);
      RunResult result = run(spark.context(), model, options);
      print(result);
      return RejectLimit.exitCode(maxRejected, result.manifest().counts());
    }
  }

  /** The run is committed by now: whoever reads its exit code must not repeat it. */
  private void print(RunResult result) throws IOException {
    if (json) {
      System.out.print(Summary.json(result));
      return;
    }
    try {
      System.out.print(Summary.text(result));
    } catch (Exception e) { // Spark's are not all unchecked
      e.printStackTrace();
      System.err.printf(
          "The run %s is committed; its summary cannot be shown: %s%n",
          result.manifest().run(), e.getMessage());
    }
  }

  /** The options, whose rules are usage here and nowhere else. */
  private LabelOptions options() {
    if (partitions != null && partitions < 1) {
      throw new ParameterException(
          command.commandLine(), "--partitions must be at least 1, and is " + partitions);
    }
    try {
      DecodeOptions decoding = new DecodeOptions(maxPixels, exifOrientation, decode);
      return new LabelOptions(labels(), top(), network.batch(), maxBytes, decoding);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private RunResult run(JavaSparkContext context, Model model, LabelOptions options) {
    System.err.printf(
        "%s: %s at a time, %s for each network run, batches of %d%n",
        model.card().name(),
        Counted.of(context.defaultParallelism(), "task"),
        Counted.of(threads(context), "thread"),
        options.batch());
    ProgressLine progress = new ProgressLine(System.err);
    try {
      return new LabelJob(context, model, options, output, progress)
          .run(inputs.all(), partitions == null ? 0 : partitions);
    } finally {
      progress.end();
    }
  }

  private static int threads(JavaSparkContext context) {
    return context.getConf().getInt("spark.task.cpus", 1);
  }

  private void warnOfSlowDecoding(String cause) {
    if (decode == DecodeMode.FAST) {
      throw new SetupException("%s. --decode fast needs OpenCV: leave it out.".formatted(cause));
    }
    System.err.printf(
        "%s. The JDK decodes JPEG instead, equal and slower; WebP is rejected as"
            + " decoder_unavailable.%n",
        cause);
  }
}
