package dev.lakelens.jobs;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in a sentence. */
final class WrongUsage {
  private WrongUsage() {}

  static String sentence(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched)
        : failure.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    CommandLine line = failure.getCommandLine();
    String first = failure.getUnmatched().get(0);
    if (failure.isUnknownOption()) {
      return "There is no option %s%s".formatted(first, suggestion(failure));
    }
    if (line.getSubcommands().isEmpty()) {
      return "'%s' is one argument too many".formatted(first);
    }
    return "There is no command %s; there are %s%s"
        .formatted(first, String.join(", ", line.getSubcommands().keySet()), suggestion(failure));
  }

  /** The nearest, where one is near. */
  private static String suggestion(UnmatchedArgumentException failure) {
    return failure.getSuggestions().stream()
        .findFirst()
        .map(near -> ". Is it %s?".formatted(near))
        .orElse("");
  }
}
