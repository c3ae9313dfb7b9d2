package dev.lakelens.jobs;

import picocli.CommandLine.Command;

/** {@code jobs/model}: networks and models; no subcommand starts Spark. */
@Command(
    description = {
      "Describes networks; lists, fetches, inspects, builds and verifies models; makes int8 models."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    subcommands = {
      DescribeCommand.class,
      ListCommand.class,
      FetchCommand.class,
      InspectCommand.class,
      CardCommand.class,
      BuildCommand.class,
      VerifyCommand.class,
      QuantizeCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/model describe b0 --diagram b0.svg",
      "  jobs/model list",
      "  jobs/model fetch tf_efficientnet_b0.ns_jft_in1k",
      "  jobs/model inspect fine-tuned.pth",
      "  jobs/model build fine-tuned.pth --preprocess card.json --output built",
      "  jobs/model verify efficientnet-lite0 reference.safetensors",
      "  jobs/model quantize efficientnet-lite0 --calibrate photos",
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage or set-up.",
    })
final class ModelCommand {}
