package dev.lakelens.jobs;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of a whole.
 *
 * @param value from 0 to 1
 */
record Share(double value) {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)%");

  /** As a percentage. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** Reads {@code 98.5%}. */
  static final class Converter implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'%s' is no share such as 98.5%%".formatted(text));
      }
      double value = Double.parseDouble(matcher.group(1)) / 100;
      if (value > 1) {
        throw new TypeConversionException("'%s' is more than all".formatted(text));
      }
      return new Share(value);
    }
  }
}
