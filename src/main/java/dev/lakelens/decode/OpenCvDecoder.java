package dev.lakelens.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * JPEG and WebP by OpenCV: libjpeg-turbo and libwebp, which decode to the bits of Pillow's. It gets
 * nothing whose magic bytes say otherwise.
 */
final class OpenCvDecoder implements Decoder {
  private static final int MOST_KEPT = 16 << 20;

  private final Reduction reduction;

  // Encoded bytes; native, reused.
  private BytePointer input = new BytePointer();

  OpenCvDecoder(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  public Pixels decode(ImageHeader header, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    boolean whole = isWhole(header, encoded);
    int divisor = reduction.of(header);
    copy(encoded);
    try (Mat bytes = new Mat(1, encoded.length, CV_8UC1, input);
        Mat image = imdecode(bytes, divisor)) {
      if (image.empty()) {
        throw new RejectedException(
            whole ? Reason.CORRUPT : Reason.TRUNCATED,
            "The %s data %s".formatted(header.format(), whole ? "are broken" : "end early"));
      }
      return pixels(header.dividedBy(divisor), image, buffer);
    } finally {
      if (input.capacity() > MOST_KEPT) {
        input.close();
        input = new BytePointer();
      }
    }
  }

  private void copy(byte[] encoded) {
    if (input.capacity() < encoded.length) {
      input.close();
      input = new BytePointer((long) encoded.length + encoded.length / 4);
    }
    input.position(0).put(encoded, 0, encoded.length);
  }

  private static Mat imdecode(Mat bytes, int divisor) throws RejectedException {
    try {
      return opencv_imgcodecs.imdecode(bytes, colour(divisor) | IMREAD_IGNORE_ORIENTATION);
    } catch (RuntimeException e) {
      throw new RejectedException(Reason.CORRUPT, "OpenCV refuses the image", e);
    }
  }

  private static int colour(int divisor) {
    return switch (divisor) {
      case 1 -> IMREAD_COLOR;
      case 2 -> IMREAD_REDUCED_COLOR_2;
      case 4 -> IMREAD_REDUCED_COLOR_4;
      case 8 -> IMREAD_REDUCED_COLOR_8;
      default -> throw new IllegalArgumentException("No decoder divides by " + divisor);
    };
  }

  private static Pixels pixels(ImageHeader header, Mat image, PixelBuffer buffer)
      throws RejectedException {
    boolean asExpected =
        image.cols() == header.width()
            && image.rows() == header.height()
            && image.type() == CV_8UC3
            && image.isContinuous();
    if (!asExpected) {
      throw new RejectedException(
          Reason.CORRUPT,
          "The header says %d x %d pixels, the data %d x %d"
              .formatted(header.width(), header.height(), image.cols(), image.rows()));
    }
    byte[] pixels = buffer.take(header.bytes());
    // closed with the image, which owns the memory
    try (BytePointer data = image.data()) {
      data.get(pixels, 0, header.bytes());
    }
    return new Pixels(header.width(), header.height(), Pixels.ChannelOrder.BGR, pixels);
  }

  /**
   * Whether the end is there. Without it OpenCV, as Pillow, decodes a JPEG whose rows are complete;
   * but only Pillow reads on, and refuses what the walk refuses.
   */
  private static boolean isWhole(ImageHeader header, byte[] encoded) throws RejectedException {
    return header.format() == ImageFormat.JPEG
        ? JpegScans.reachEnd(encoded)
        : !WebpContainer.isCut(encoded);
  }

  @Override
  public void close() {
    input.close();
  }
}
