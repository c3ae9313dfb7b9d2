package dev.lakelens.model;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a file, here or on another machine, cannot be read or written, in a clause for people: the
 * same for the same fault, and without names of Java classes.
 */
public final class FileFault {
  private static final String DENIED = "you have no right to it";
  private static final String ABSENT = "there is no such file";

  /** How {@link java.io.FileInputStream} says what the operating system says. */
  private static final Pattern OPENING = Pattern.compile(".* \\(([^()]+)\\)", Pattern.DOTALL);

  private static final Pattern JAVA =
      Pattern.compile("\\b([a-z][a-z0-9]*\\.)+[A-Z][\\w$]*(Exception|Error)(: ?)?");

  /** Each answer of S3 has its own. */
  private static final Pattern REQUEST = Pattern.compile(", (Extended )?Request ID: [^,)]*");

  private FileFault() {}

  /** A clause such as "there is no such file", without the file's name. */
  public static String of(Exception fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return text(fault instanceof FileSystemException named ? named.getReason() : said(fault));
  }

  /** The same clause behind the name of the file, where the fault is of a file that it names. */
  public static String naming(Exception fault) {
    return fault instanceof FileSystemException named
        ? "%s: %s".formatted(named.getFile(), of(fault))
        : of(fault);
  }

  private static Optional<String> known(Throwable fault) {
    if (fault instanceof NoSuchFileException) {
      return Optional.of(ABSENT);
    }
    if (fault instanceof FileNotFoundException) {
      return Optional.of(opening(said(fault)));
    }
    if (fault instanceof AccessDeniedException) {
      return Optional.of(DENIED);
    }
    if (fault instanceof FileAlreadyExistsException) {
      return Optional.of("there is another file of that name");
    }
    if (fault instanceof CharacterCodingException) {
      return Optional.of("it is not text in UTF-8");
    }
    return fault instanceof EOFException ? Optional.of("it ends early") : connection(fault);
  }

  private static Optional<String> connection(Throwable fault) {
    if (fault instanceof UnknownHostException) {
      return Optional.of("no host of that name is known");
    }
    if (fault instanceof ConnectException) {
      return Optional.of("nothing answers at its address");
    }
    if (fault instanceof SocketTimeoutException) {
      return Optional.of("no answer came in time");
    }
    return fault instanceof SocketException ? Optional.of(text(said(fault))) : Optional.empty();
  }

  private static String opening(String said) {
    Matcher reason = OPENING.matcher(said);
    String found = reason.matches() ? reason.group(1) : "";
    return switch (found) {
      case "Permission denied" -> DENIED;
      case "Is a directory", "Not a directory" -> text(found);
      default -> ABSENT;
    };
  }

  private static String said(Throwable fault) {
    return fault.getMessage() == null ? "" : fault.getMessage();
  }

  /** What a system says, which is English and short; other lines are a stack of calls. */
  private static String text(String said) {
    String line = said == null ? "" : said.lines().findFirst().orElse("");
    String plain = REQUEST.matcher(JAVA.matcher(line).replaceAll("")).replaceAll("").strip();
    if (plain.isEmpty()) {
      return "no reason is given";
    }
    boolean predicate = plain.startsWith("Is a ") || plain.startsWith("Not a ");
    return predicate
        ? plain.replace("Is a ", "it is a ").replace("Not a ", "a part of its path is not a ")
        : decapitalised(plain);
  }

  private static String decapitalised(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
  }
}
