package dev.lakelens.jobs;

import picocli.CommandLine.Command;

/** {@code jobs/model}: networks and models; no subcommand starts Spark. */
@Command(
    description = "Shows networks.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    subcommands = DescribeCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/model describe b0",
      "  jobs/model describe b3 --input-size 256 --classes 10 --json",
      "  jobs/model describe lite0 --diagram lite0.svg",
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage or set-up.",
    })
final class ModelCommand {}
