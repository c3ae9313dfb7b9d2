package dev.lakelens.jobs;

import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file on this machine, which a URI of another file system is not. */
final class LocalFile implements ITypeConverter<Path> {
  private static final String LOCAL = "file:";
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  @Override
  public Path convert(String typed) {
    if (typed.isEmpty()) {
      throw new TypeConversionException("it is empty; give a path");
    }
    if (typed.startsWith(LOCAL + "/")) {
      return Path.of(typed.substring(LOCAL.length()));
    }
    if (URI.matcher(typed).matches()) {
      throw new TypeConversionException(
          "'%s' is on another file system; give a path of this machine".formatted(typed));
    }
    return Path.of(typed);
  }
}
