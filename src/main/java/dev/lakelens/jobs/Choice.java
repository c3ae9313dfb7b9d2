package dev.lakelens.jobs;

import dev.lakelens.model.CardJson;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of an enum's values as people type it: in any case, with hyphens or underscores.
 *
 * @param text of a value, as help and messages write it
 */
record Choice<E extends Enum<E>>(Class<E> type, Function<E, String> text)
    implements ITypeConverter<E> {

  /** Of an enum whose values are written in lower case. */
  static <E extends Enum<E>> Choice<E> of(Class<E> type) {
    return new Choice<>(type, CardJson::text);
  }

  @Override
  public E convert(String typed) {
    String name = typed.toUpperCase(Locale.ROOT).replace('-', '_');
    List<E> values = Arrays.asList(type.getEnumConstants());
    return values.stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of %s"
                        .formatted(typed, String.join(", ", values.stream().map(text).toList()))));
  }
}
