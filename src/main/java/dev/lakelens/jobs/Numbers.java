package dev.lakelens.jobs;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers, and says what is wrong with what is none.
 *
 * @param kind of number, with an article
 */
record Numbers<N extends Number>(Function<String, N> parse, String kind)
    implements ITypeConverter<N> {
  static final Numbers<Integer> INTEGER = new Numbers<>(Integer::valueOf, "a whole number");
  static final Numbers<Long> LONG = new Numbers<>(Long::valueOf, "a whole number");
  static final Numbers<Double> DECIMAL = new Numbers<>(Numbers::decimal, "a number");

  @Override
  public N convert(String typed) {
    try {
      return parse.apply(typed);
    } catch (NumberFormatException e) {
      boolean digits = typed.matches("[+-]?\\d+");
      throw new TypeConversionException(
          digits ? "'%s' is too large".formatted(typed) : "'%s' is not %s".formatted(typed, kind));
    }
  }

  private static double decimal(String typed) {
    double number = Double.parseDouble(typed);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(typed + " is not finite");
    }
    return number;
  }
}
