package dev.lakelens.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a text is not JSON, in a clause for people. */
public final class JsonFault {
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

  private JsonFault() {}

  /** A clause such as "it breaks off in line 9", without the file's name. */
  public static String of(JsonProcessingException fault) {
    if (fault instanceof StreamConstraintsException) { // which has no place
      return "it is nested over 1000 deep, or has a number or a text that is too long";
    }
    int line = fault.getLocation().getLineNr();
    if (fault instanceof JsonEOFException) {
      return "it breaks off in line %d".formatted(line);
    }
    Matcher twice = TWICE.matcher(fault.getOriginalMessage());
    return twice.lookingAt()
        ? "it has the key %s twice, again in line %d".formatted(twice.group(1), line)
        : "it cannot be read at line %d, column %d"
            .formatted(line, fault.getLocation().getColumnNr());
  }
}
