package dev.lakelens.jobs;

import dev.lakelens.write.RunCounts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many rejected images a run may have.
 *
 * @param value a count, or a percentage
 * @param share whether {@code value} is a percentage of all images
 */
record RejectLimit(double value, boolean share) {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)%|(\\d+)");

  boolean exceeded(RunCounts counts) {
    double limit = share ? counts.images() * value / 100 : value;
    return counts.rejected() > limit;
  }

  /**
   * @param limit or null where none is set
   */
  static int exitCode(RejectLimit limit, RunCounts counts) {
    boolean none = counts.ok() == 0 && counts.images() > 0;
    return none || (limit != null && limit.exceeded(counts)) ? ExitCode.REJECTED : ExitCode.DONE;
  }

  /** Reads {@code 25} or {@code 0.5%}. */
  static final class Converter implements ITypeConverter<RejectLimit> {
    @Override
    public RejectLimit convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is neither a count such as 25 nor a share such as 0.5%");
      }
      boolean share = matcher.group(1) != null;
      double value = Double.parseDouble(share ? matcher.group(1) : text);
      if (share && value > 100) {
        throw new TypeConversionException("'" + text + "' is more than all images");
      }
      return new RejectLimit(value, share);
    }
  }
}
