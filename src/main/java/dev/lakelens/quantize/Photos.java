package dev.lakelens.quantize;

import dev.lakelens.decode.DecodeOptions;
import dev.lakelens.decode.ImageDecoder;
import dev.lakelens.decode.ImageHeader;
import dev.lakelens.image.RejectedException;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.prepare.Preparer;
import dev.lakelens.prepare.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Image files on this machine.
 *
 * @param files by name
 */
public record Photos(List<Path> files) {
  public Photos {
    files = files.stream().sorted().toList();
  }

  /**
   * All files below a directory.
   *
   * @throws SetupException if it cannot be listed or has none
   */
  public static Photos below(Path directory) {
    try (Stream<Path> paths = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      Photos photos = new Photos(paths.filter(Files::isRegularFile).toList());
      if (photos.size() == 0) {
        throw new SetupException(
            "The directory %s has no files. Give one with photos.".formatted(directory));
      }
      return photos;
    } catch (IOException | UncheckedIOException e) {
      throw new SetupException(
          "%s cannot be listed: %s. Give a directory of photos."
              .formatted(directory, FileFault.of(e)),
          e);
    }
  }

  public int size() {
    return files.size();
  }

  /** Every nth photo: those that {@link #withoutEvery} leaves. */
  public Photos every(int n) {
    return where(i -> i % n == n - 1);
  }

  /** All but every nth photo. */
  public Photos withoutEvery(int n) {
    return where(i -> i % n != n - 1);
  }

  private Photos where(IntPredicate index) {
    return new Photos(IntStream.range(0, size()).filter(index).mapToObj(files::get).toList());
  }

  /** As many as are wanted at most, spread over all. */
  Photos spread(int count) {
    int wanted = Math.min(count, size());
    return new Photos(
        IntStream.range(0, wanted).mapToObj(i -> files.get(i * size() / wanted)).toList());
  }

  /**
   * Prepares one photo after the other; those that cannot be decoded are left out.
   *
   * @param consumer of batches of one, which are valid until it returns
   * @param each runs after each photo
   * @return the photos that the consumer got
   */
  Photos forEach(Preprocessing preprocessing, BiConsumer<Path, Tensor> consumer, Runnable each) {
    Tensor tensor = new Tensor(1, preprocessing.inputSize());
    Preparer preparer = new Preparer(preprocessing);
    List<Path> decoded = new ArrayList<>();
    try (ImageDecoder decoder =
        ImageDecoder.create(DecodeOptions.DEFAULTS, preprocessing.resizeTo())) {
      for (Path file : files) {
        if (prepare(file, decoder, preparer, tensor)) {
          consumer.accept(file, tensor);
          decoded.add(file);
        }
        each.run();
      }
    }
    return new Photos(decoded);
  }

  /** Prepares photos that can all be decoded, as one batch. */
  Tensor batch(Preprocessing preprocessing) {
    Tensor batch = new Tensor(size(), preprocessing.inputSize());
    var to = batch.floats();
    forEach(preprocessing, (file, tensor) -> to.put(tensor.floats()), () -> {});
    return batch;
  }

  private static boolean prepare(
      Path file, ImageDecoder decoder, Preparer preparer, Tensor tensor) {
    try {
      byte[] encoded = Files.readAllBytes(file);
      preparer.prepare(decoder.decode(ImageHeader.read(encoded), encoded), tensor, 0);
      return true;
    } catch (RejectedException e) {
      return false;
    } catch (IOException e) {
      throw new SetupException(
          "%s cannot be read: %s. Take it out, or give the job the right to it."
              .formatted(file, FileFault.of(e)),
          e);
    }
  }
}
