package dev.lakelens.jobs;

import dev.lakelens.pipeline.LabelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jobs/label}: labels and embeddings. */
@Command(
    description = "Labels and embeds images, and adds one run to a dataset of plain Parquet.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/label data-samples/images --output target/labels",
      "  jobs/label 'photos/2026-*/**' scans/a.tif --output labels --top 1 --max-rejected 1%%",
      "  jobs/label s3a://lake/images --output s3a://lake/labels --master yarn --deploy-mode client",
      "",
      "With SPARK_HOME set, spark-submit runs it; --deploy-mode and --properties-file are handed on.",
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage or set-up; 3 more rejected than --max-rejected",
      "allows, or every image. In cluster deploy mode Spark reports only 0 or 1.",
    })
final class LabelCommand extends RunCommand {
  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "" + LabelOptions.DEFAULT_TOP,
      description = "Classes in the column top (default: ${DEFAULT-VALUE}).")
  private int top;

  @Override
  boolean labels() {
    return true;
  }

  @Override
  int top() {
    return top;
  }
}
