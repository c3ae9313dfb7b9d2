package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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
        Arguments.of(
            new FileNotFoundException("/a (Permission denied)"), "you have no right to it"),
        Arguments.of(new FileNotFoundException("/a (Is a directory)"), "it is a directory"),
        Arguments.of(new FileNotFoundException(), "there is no such file"),
        Arguments.of(new EOFException(), "it ends early"),
        Arguments.of(new UnknownHostException("lake"), "no host of that name is known"),
        Arguments.of(
            new ConnectException("Call From a/10.0.0.7 to b:8020 failed"),
            "nothing answers at its address"),
        Arguments.of(new SocketTimeoutException("20000 millis"), "no answer came in time"),
        Arguments.of(
            new IOException("open s3a://a: x.SdkException: y", new SocketException("Broken pipe")),
            "broken pipe"),
        Arguments.of(
            new IOException(
                "get: software.amazon.awssdk.services.s3.model.S3Exception: Slow Down"
                    + " (Service: S3, Status Code: 503, Request ID: 4F, Extended Request ID: a/b=)"),
            "get: Slow Down (Service: S3, Status Code: 503)"),
        Arguments.of(
            new IOException("java.io.IOException: Cannot obtain block\n\tat a.B.c(B.java:1)"),
            "cannot obtain block"),
        Arguments.of(new IOException("SSL is missing"), "SSL is missing"),
        Arguments.of(new FileSystemException("a"), "no reason is given"),
        Arguments.of(new IOException("java.lang.NullPointerException"), "no reason is given"),
        Arguments.of(new IOException(), "no reason is given"));
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

  @Test
  void namesTheFileWhereTheFaultDoes() {
    assertThat(FileFault.naming(new AccessDeniedException("/m/a")))
        .isEqualTo("/m/a: you have no right to it");
    assertThat(FileFault.naming(new IOException("Stream closed"))).isEqualTo("stream closed");
  }

  private static String fault(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return FileFault.of(e);
    }
  }
}
