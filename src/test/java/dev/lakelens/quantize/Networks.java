package dev.lakelens.quantize;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Networks with synthetic weights and small inputs, and images for them. */
final class Networks {
  static final int SIZE = 48;
  static final int CLASSES = 10;

  private Networks() {}

  static TrainedNetwork of(Variant variant) {
    return of(variant, preprocessing(0.5, 0.5));
  }

  static TrainedNetwork of(Variant variant, Preprocessing preprocessing) {
    ModelCard card =
        new ModelCard(
            "synthetic",
            new ModelCard.Variant(variant.text(), Padding.SAME, 1e-3),
            preprocessing,
            Head.SOFTMAX,
            "labels.txt",
            new ModelCard.Weights("w.safetensors", "timm-tf", "none", "", "none"),
            Map.of());
    Labels labels = new Labels(IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList());
    return new TrainedNetwork(card, labels, SyntheticWeights.of(Architecture.of(variant), CLASSES));
  }

  static Preprocessing preprocessing(double mean, double std) {
    return new Preprocessing(
        SIZE,
        Resize.SQUASH,
        SIZE,
        Interpolation.BILINEAR,
        Range.UNIT,
        List.of(mean, mean, mean),
        List.of(std, std, std));
  }

  /** Writes images of random blocks of colour. */
  static Photos photos(Path directory, int count) throws IOException {
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
      for (int block = 0; block < 30; block++) {
        int rgb = random.nextInt(1 << 24);
        int left = random.nextInt(SIZE);
        int top = random.nextInt(SIZE);
        for (int y = top; y < Math.min(SIZE, top + 16); y++) {
          for (int x = left; x < Math.min(SIZE, left + 16); x++) {
            image.setRGB(x, y, rgb);
          }
        }
      }
      Files.createDirectories(directory);
      ImageIO.write(image, "png", directory.resolve("%03d.png".formatted(i)).toFile());
    }
    return Photos.below(directory);
  }
}
