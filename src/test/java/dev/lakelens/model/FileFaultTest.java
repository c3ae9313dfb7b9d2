package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFaultTest {
  @TempDir private Path directory;

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new FileNotFoundException("a (No such file)"), "there is no such file"),
        Arguments.of(new AccessDeniedException("a"), "you have no right to it"),
        Arguments.of(new FileAlreadyExistsException("a"), "there is another file of that name"),
        Arguments.of(new MalformedInputException(1), "it is not text in UTF-8"),
        Arguments.of(
            new FileSystemException("a", null, "No space left on device"),
            "no space left on device"),
        Arguments.of(
            new FileSystemException("a", null, "Not a directory"),
            "a part of its path is not a directory"),
        Arguments.of(new IOException(), "the file system gives no reason"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhyInAClause(IOException fault, String clause) {
    assertThat(FileFault.of(fault)).isEqualTo(clause);
  }

  @Test
  void saysWhatTheFileSystemFinds() {
    assertThat(fault(directory.resolve("gone"))).isEqualTo("there is no such file");
    assertThat(fault(directory)).isEqualTo("it is a directory");
  }

  private static String fault(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return FileFault.of(e);
    }
  }
}
