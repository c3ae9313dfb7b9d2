package dev.lakelens.jobs;

import dev.lakelens.pipeline.LabelOptions;
import picocli.CommandLine.Command;

/** {@code jobs/embed}: embeddings without labels. */
@Command(
    description = "Embeds images, and adds one run to a dataset of plain Parquet.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/embed data-samples/images --output target/embeddings",
      "  jobs/embed s3a://lake/images --output s3a://lake/embeddings --master yarn",
      "",
      "With SPARK_HOME set, spark-submit runs it; --deploy-mode and --properties-file are handed on.",
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage or set-up; 3 more rejected than --max-rejected",
      "allows, or every image. In cluster deploy mode Spark reports only 0 or 1.",
    })
final class EmbedCommand extends RunCommand {
  @Override
  boolean labels() {
    return false;
  }

  @Override
  int top() {
    return LabelOptions.DEFAULT_TOP;
  }
}
