package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Family;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a model file cannot say of itself. */
final class FileOptions {
  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "Who made a checkpoint whose tensors cannot tell it, such as timm-tf.")
  private Family family;

  @Option(
      names = "--external-data",
      description = "Let an ONNX file have tensors in other files of its folder.")
  private boolean externalData;

  Optional<Family> family() {
    return Optional.ofNullable(family);
  }

  boolean externalData() {
    return externalData;
  }
}
