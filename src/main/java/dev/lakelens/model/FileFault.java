package dev.lakelens.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why a file cannot be read or written, in a clause for people. */
public final class FileFault {
  private FileFault() {}

  /** A clause such as "there is no such file", without the file's name. */
  public static String of(IOException fault) {
    if (fault instanceof NoSuchFileException || fault instanceof FileNotFoundException) {
      return "there is no such file";
    }
    if (fault instanceof AccessDeniedException) {
      return "you have no right to it";
    }
    if (fault instanceof FileAlreadyExistsException) {
      return "there is another file of that name";
    }
    if (fault instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return systems(fault);
  }

  /** What the operating system says, which is English and short. */
  private static String systems(IOException fault) {
    String said =
        fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
    if (said == null) {
      return "the file system gives no reason";
    }
    boolean predicate = said.startsWith("Is a ") || said.startsWith("Not a ");
    return predicate
        ? said.replace("Is a ", "it is a ").replace("Not a ", "a part of its path is not a ")
        : said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
  }
}
