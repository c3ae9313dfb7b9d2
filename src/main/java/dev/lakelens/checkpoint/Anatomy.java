package dev.lakelens.checkpoint;

import dev.lakelens.model.Counted;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The four facts that tell the variants apart.
 *
 * @param stem channels that leave the first convolution
 * @param blocks number of depthwise convolutions
 * @param last channels that enter the last convolution
 * @param squeezes whether there is squeeze-and-excitation
 */
record Anatomy(int stem, int blocks, int last, boolean squeezes) {
  private static final int COLOURS = 3;
  private static final String WEIGHT = ".weight";

  static Anatomy of(Architecture architecture) {
    return new Anatomy(
        architecture.stem(),
        architecture.blocks().size(),
        architecture.stages().get(architecture.stages().size() - 1).out(),
        !architecture.variant().lite());
  }

  static Anatomy of(Subtree part) {
    int depthwise = 0;
    boolean squeezes = false;
    for (Map.Entry<String, Tensor> entry : part.tensors().entrySet()) {
      List<Integer> shape = entry.getValue().shape();
      if (shape.size() == 4 && entry.getKey().endsWith(WEIGHT)) {
        String layer = entry.getKey().substring(0, entry.getKey().length() - WEIGHT.length());
        depthwise += shape.get(1) == 1 ? 1 : 0; // [channels, 1, kernel, kernel]
        squeezes |= part.has(layer + ".bias"); // no other convolution has one
      }
    }
    String stem = part.naming().stem();
    return new Anatomy(part.size(stem, 0), depthwise, part.size(part.naming().head(), 1), squeezes);
  }

  /**
   * The variant with these facts.
   *
   * @throws ModelException where there is none
   */
  static Architecture recognise(Subtree part) {
    requireColour(part);
    Anatomy anatomy = of(part);
    Optional<Architecture> match =
        Arrays.stream(Variant.values())
            .map(Architecture::of)
            .filter(architecture -> of(architecture).equals(anatomy))
            .findFirst();
    return match.orElseThrow(
        () ->
            new ModelException(
                ("%s has names of EfficientNet, and %s; no EfficientNet of B0 to "
                        + "B8, L2 and Lite0 to Lite4 is made so")
                    .formatted(part.source(), anatomy.text())));
  }

  private static void requireColour(Subtree part) {
    int channels = part.size(part.naming().stem(), 1);
    if (channels != COLOURS) {
      throw new ModelException(
          "%s takes images of %s (%s), and Lakelens gives 3, red, green and blue: take a model of colour images"
              .formatted(
                  part.source(),
                  Counted.of(channels, "channel"),
                  part.prefix() + part.naming().stem()));
    }
  }

  /** The facts in words. */
  String text() {
    return ("a first convolution of %d channels, %d blocks, %d channels before the last "
            + "convolution and %s")
        .formatted(
            stem, blocks, last, squeezes ? "squeeze-and-excitation" : "no squeeze-and-excitation");
  }
}
