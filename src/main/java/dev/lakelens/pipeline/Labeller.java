package dev.lakelens.pipeline;

import dev.lakelens.decode.ImageDecoder;
import dev.lakelens.decode.ImageHeader;
import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.SparkImage;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import dev.lakelens.image.Rejection;
import dev.lakelens.infer.Inference;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.Predictions;
import dev.lakelens.prepare.Preparer;
import dev.lakelens.read.ReadImage;
import dev.lakelens.write.OutcomeRow;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Decodes, prepares and infers, in micro-batches: one row out for every image in, in the same
 * order.
 *
 * <p>Not safe for several threads: each task opens its own. It holds buffers that every image uses
 * again, and shares the JVM's session with other tasks.
 */
final class Labeller implements AutoCloseable {
  /**
   * Of the pixels that preparing needs, so many times as many stay in fast decoding. Of 200 photos
   * of 12 megapixels Lite0's top label changes for none; with once as many for four.
   */
  private static final int KEPT = 2;

  private final LabellerSpec spec;
  private final StageMeters meters;
  private final InferenceRunner runner;
  private final ImageDecoder decoder;
  private final Preparer preparer;
  private final MessageDigest sha256;
  private long handedOn; // System.nanoTime when the last rows were

  private Labeller(LabellerSpec spec, InferenceRunner runner, StageMeters meters) {
    this.spec = spec;
    this.meters = meters;
    this.runner = runner;
    this.preparer = new Preparer(spec.card().preprocessing());
    this.sha256 = sha256();
    // Last, for it has to be closed.
    this.decoder =
        ImageDecoder.create(spec.options().decode(), KEPT * spec.card().preprocessing().resizeTo());
    this.handedOn = System.nanoTime();
  }

  /**
   * @param onnx the model's bytes, asked for only when this JVM has no session of it yet
   */
  static Labeller open(LabellerSpec spec, Supplier<byte[]> onnx, StageMeters meters) {
    InferenceRunner runner = InferenceRunner.open(spec.session(), onnx);
    try {
      return new Labeller(spec, runner, meters);
    } catch (RuntimeException | Error e) {
      runner.close();
      throw e;
    }
  }

  /** Labels images as they are asked for, a micro-batch ahead. */
  Iterator<OutcomeRow> label(Iterator<ReadImage> images) {
    Queue<OutcomeRow> finished = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !finished.isEmpty() || images.hasNext();
      }

      @Override
      public OutcomeRow next() {
        if (finished.isEmpty()) {
          finished.addAll(nextBatch(images));
        }
        return finished.remove();
      }
    };
  }

  private List<OutcomeRow> nextBatch(Iterator<ReadImage> images) {
    meters.writeNanos.add(System.nanoTime() - handedOn);
    List<OutcomeRow> rows = labelBatch(images);
    handedOn = System.nanoTime();
    return rows;
  }

  private List<OutcomeRow> labelBatch(Iterator<ReadImage> images) {
    List<Outcome> outcomes = new ArrayList<>();
    int prepared = 0;
    while (outcomes.size() < spec.options().batch() && images.hasNext()) {
      Outcome outcome = prepare(next(images), prepared);
      outcomes.add(outcome);
      if (outcome.rejection == null) {
        prepared++;
      }
    }
    if (prepared > 0) {
      long start = System.nanoTime();
      runner.run();
      meters.inferNanos.add(System.nanoTime() - start);
    }
    meters.images.add(outcomes.size());
    return outcomes.stream().map(this::row).toList();
  }

  private ReadImage next(Iterator<ReadImage> images) {
    long start = System.nanoTime();
    ReadImage image = images.next();
    meters.readNanos.add(System.nanoTime() - start);
    return image;
  }

  /** Takes one image as far as its place in the batch, or to its rejection. */
  private Outcome prepare(ReadImage image, int index) {
    OutcomeRow row = new OutcomeRow(image.file(), spec.modelColumn());
    try {
      long start = System.nanoTime();
      Pixels pixels = decode(image, row);
      long decoded = System.nanoTime();
      preparer.prepare(pixels, runner.input(), index);
      meters.decodeNanos.add(decoded - start);
      meters.prepareNanos.add(System.nanoTime() - decoded);
      return new Outcome(row, index, null);
    } catch (RejectedException e) {
      return new Outcome(row, index, e.rejection());
    }
  }

  private Pixels decode(ReadImage image, OutcomeRow row) throws RejectedException {
    if (image instanceof ReadImage.Encoded encoded) {
      row.sha256(HexFormat.of().formatHex(sha256.digest(encoded.bytes())));
      ImageHeader header = ImageHeader.read(encoded.bytes());
      row.format(header.format().text());
      row.size(header.width(), header.height());
      return decoder.decode(header, encoded.bytes());
    }
    if (image instanceof ReadImage.Decoded decoded) {
      row.size(decoded.width(), decoded.height());
      return SparkImage.pixels(
          decoded.width(), decoded.height(), decoded.channels(), decoded.mode(), decoded.data());
    }
    Rejection rejection = ((ReadImage.Unreadable) image).rejection();
    throw new RejectedException(rejection.reason(), rejection.message());
  }

  private OutcomeRow row(Outcome outcome) {
    if (outcome.rejection != null) {
      return outcome.row.rejected(outcome.rejection);
    }
    Inference inference = runner.inference(outcome.index);
    if (!inference.finite()) {
      return outcome.row.rejected(
          new Rejection(Reason.BAD_OUTPUT, "the network's output is not finite"));
    }
    if (!spec.options().labels()) {
      return outcome.row.embedded(inference.embedding());
    }
    return outcome.row.labelled(
        Predictions.top(
            inference.logits(), spec.card().head(), spec.labels(), spec.options().top()),
        inference.embedding());
  }

  @Override
  public void close() {
    meters.writeNanos.add(System.nanoTime() - handedOn);
    decoder.close();
    runner.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * An image in a batch.
   *
   * @param rejection null when the image has a place in the batch
   */
  private record Outcome(OutcomeRow row, int index, Rejection rejection) {}
}
