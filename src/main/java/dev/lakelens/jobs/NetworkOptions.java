package dev.lakelens.jobs;

import dev.lakelens.model.Model;
import dev.lakelens.pipeline.LabelOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network runs, and on how many images at once. */
final class NetworkOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "efficientnet-lite0",
      description = {
        "Name (jobs/model list), card, checkpoint of an EfficientNet, or",
        "ONNX file (default: ${DEFAULT-VALUE})."
      })
  private String model;

  @Mixin private ModelOptions options;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + LabelOptions.DEFAULT_BATCH,
      description = "Images in one run of the network (default: ${DEFAULT-VALUE}).")
  private int batch;

  Model model() {
    return options.find(model);
  }

  ConfOptions conf() {
    return options.conf();
  }

  int batch() {
    return batch;
  }
}
