package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFilesTest {
  private static final String FORMATS =
      "; the formats that are read are safetensors, PyTorch's .pth and .bin, Keras's .h5, .weights.h5"
          + " and .keras, and, by these endings of their names, .onnx and a card's .json";

  @TempDir private Path folder;

  @Test
  void readsSafetensors() {
    WeightFile file = WeightFiles.read(TorchFileTest.resource("two.safetensors"));

    assertThat(file.tensors()).containsOnlyKeys("a", "b");
    assertThat(file.tensors().get("b").floats().get(0)).isEqualTo(-1.5f);
  }

  @Test
  void readsFromTheBuffersPositionOn() throws IOException {
    byte[] two = Files.readAllBytes(TorchFileTest.resource("two.safetensors"));
    ByteBuffer buffer = ByteBuffer.allocate(3 + two.length).put(3, two).position(3);

    assertThat(WeightFiles.read(buffer, "w").tensors()).containsOnlyKeys("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\u0080\u0002}.|is a bare Python pickle; save the state_dict with torch.save",
        "version https://git-lfs.github.com/spec/v1|"
            + "is a pointer of Git LFS; fetch the file itself (git lfs pull)",
        "<!DOCTYPE html>|is a web page; check the address that it was downloaded from",
        "'\u001f\u008b\b'|is a gzip file; decompress it first",
        "XYZ|begins with the bytes 58 59 5a",
        "GGUF1234567890|is a GGUF file",
        "'\u001c\0\0\0TFL3'|is a TensorFlow Lite file",
        "\u0080\u0004\u0095\u0002\0\0\0\0\0\0\0}.|"
            + "is a bare Python pickle; save the state_dict with torch.save",
        "\u0080|begins with the bytes 80",
        "\u0080\u0006}.|begins with the bytes 80 06 7d 2e"
      })
  void saysWhatOtherFilesAre(String bytes, String found) throws IOException {
    Path file = Files.write(folder.resolve("w"), bytes.getBytes(StandardCharsets.ISO_8859_1));

    refuses(file, "%s %s%s".formatted(file, found, FORMATS));
  }

  @Test
  void saysThatATarFileIsOne() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Path file = Files.write(folder.resolve("w"), tar);

    refuses(file, file + " is a tar file; unpack it first" + FORMATS);
  }

  @Test
  void saysThatADownloadOfSafetensorsIsNotWhole() throws IOException {
    Path file = Files.write(folder.resolve("w"), new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '"'});

    refuses(
        file,
        file
            + " is not a safetensors file that can be read: its header would have 9 bytes, and 2"
            + " bytes follow");
  }

  @Test
  void tellsKerasFilesFromOthers() {
    byte[] zip =
        new Zips().add("config.json", new byte[2]).add("model.weights.h5", new byte[8]).bytes();
    byte[] hdf5 = "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(WeightFormat.of(TorchFileTest.buffer(zip), "w")).isEqualTo(WeightFormat.KERAS_ZIP);
    assertThat(WeightFormat.of(TorchFileTest.buffer(hdf5), "w")).isEqualTo(WeightFormat.HDF5);
  }

  @Test
  void saysWhatOtherZipFilesAre() throws IOException {
    Path file = Files.write(folder.resolve("w"), new Zips().add("a", new byte[1]).bytes());

    refuses(
        file,
        "%s is a zip file without FOLDER/data.pkl (PyTorch) or model.weights.h5 (Keras)%s"
            .formatted(file, FORMATS));
  }

  @Test
  void refusesPathsWithoutAFile() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = Files.createFile(folder.resolve("empty"));

    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(1L << 31);
    }

    refuses(
        large,
        large
            + " has 2147483648 bytes, and only files below 2 GiB are read; save the state_dict"
            + " alone");
    refuses(missing, "There is no file " + missing);
    refuses(empty, empty + " is empty");
    refuses(folder, folder + " is a directory; name the weight file in it");
  }

  private static void refuses(Path file, String sentence) {
    assertThatThrownBy(() -> WeightFiles.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
