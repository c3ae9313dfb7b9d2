package dev.lakelens.pipeline;

import static java.util.Objects.requireNonNull;

import dev.lakelens.decode.DecodeOptions;
import java.io.Serializable;

/**
 * How images are labelled.
 *
 * @param labels whether rows get labels beside the embedding
 * @param top how many classes the column {@code top} holds, at least 1
 * @param batch images in one run of the network, at least 1
 * @param maxBytes encoded bytes above which an image is rejected unread
 * @param decode limits and policies of decoding
 */
public record LabelOptions(boolean labels, int top, int batch, long maxBytes, DecodeOptions decode)
    implements Serializable {

  /** One image a run is fastest on a CPU: larger batches leave its caches. */
  public static final int DEFAULT_BATCH = 1;

  public static final int DEFAULT_TOP = 5;
  public static final long DEFAULT_MAX_BYTES = 64L << 20;

  /** Labels and embeddings, with default limits. */
  public static final LabelOptions DEFAULTS =
      new LabelOptions(true, DEFAULT_TOP, DEFAULT_BATCH, DEFAULT_MAX_BYTES, DecodeOptions.DEFAULTS);

  public LabelOptions {
    requireNonNull(decode, "decode is null");
    require(top >= 1, "--top must be at least 1, and is " + top);
    require(batch >= 1 && batch <= 1024, "--batch must be 1 to 1024, and is " + batch);
    require(
        maxBytes >= 1 && maxBytes <= Integer.MAX_VALUE - 8,
        "--max-bytes must be 1 to 2147483639, and is " + maxBytes);
  }

  private static void require(boolean rule, String sentence) {
    if (!rule) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
