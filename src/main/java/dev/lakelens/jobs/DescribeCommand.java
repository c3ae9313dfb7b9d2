package dev.lakelens.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.models.VariantNames;
import dev.lakelens.network.Description;
import dev.lakelens.network.Diagram;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs/model describe}: a variant's layers, parameters and operations. */
@Command(
    name = "describe",
    description = "Shows a variant's stages, blocks, parameters and multiply-accumulates.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "VARIANT",
      description = {
        "b0 to b8, l2, or lite0 to lite4; or a model's name (jobs/model list), or an",
        "architecture's, such as tf_efficientnet_b0."
      })
  private String variant;

  @Option(
      names = "--input-size",
      paramLabel = "N",
      description = "Side of the input in pixels (default: as in training).")
  private Integer inputSize; // null for the default

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Classes; 0 for no classifier (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Option(
      names = "--diagram",
      paramLabel = "FILE",
      description = "Also draw the architecture as SVG into this file.")
  private Path diagram; // null for none

  @Override
  public Integer call() throws JsonProcessingException {
    Variant named = VariantNames.variant(variant);
    int size = inputSize == null ? named.resolution() : inputSize;
    if (size < 1 || size > Preprocessing.MOST_PIXELS) {
      throw wrong(
          "--input-size must be 1 to %d, and is %d".formatted(Preprocessing.MOST_PIXELS, size));
    }
    int most = Description.mostClasses(named);
    if (classes < 0 || classes > most) {
      throw wrong(
          "--classes must be 0 to %d, as the weights of %s must fit into the 2 GiB of an ONNX file, and is %d"
              .formatted(most, named.text(), classes));
    }
    Description description = Description.of(named, size, classes);
    if (diagram != null) {
      draw(description);
    }
    System.out.print(
        json
            ? JSON.writeValueAsString(description) + "\n"
            : new DescriptionText(description).toString());
    return ExitCode.DONE;
  }

  private void draw(Description description) {
    try {
      Files.writeString(diagram, Diagram.svg(description));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--diagram %s cannot be written. Give a file in a directory that exists."
              .formatted(diagram),
          e);
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
