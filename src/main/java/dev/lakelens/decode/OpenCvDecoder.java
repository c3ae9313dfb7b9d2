package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** JPEG (gray, YCbCr, RGB) and WebP by OpenCV, whose pixels equal Pillow's. */
final class OpenCvDecoder implements Decoder {
  private static final int FLAGS =
      opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

  private final Scratch scratch = new Scratch();

  @Override
  public Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException {
    if (header.format() == ImageFormat.JPEG && !JpegMarkers.complete(encoded)) {
      throw new RejectedException(Reason.TRUNCATED, "JPEG without its end marker");
    }
    try (BytePointer bytes = new BytePointer(encoded);
        Mat buffer = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
        Mat image = opencv_imgcodecs.imdecode(buffer, FLAGS)) {
      if (image.empty()) {
        throw new RejectedException(Reason.CORRUPT, "libjpeg or libwebp refuses the image data");
      }
      return pixels(header, image);
    } catch (RuntimeException e) {
      throw new RejectedException(Reason.CORRUPT, "OpenCV: " + e.getMessage(), e);
    }
  }

  private Pixels pixels(ImageHeader header, Mat image) throws RejectedException {
    if (image.cols() != header.width() || image.rows() != header.height()) {
      throw new RejectedException(
          Reason.CORRUPT,
          "the header says %d x %d pixels, the data %d x %d"
              .formatted(header.width(), header.height(), image.cols(), image.rows()));
    }
    int length = Math.toIntExact(3 * header.pixels());
    byte[] data = scratch.bytes(length);
    image.data().get(data, 0, length);
    return new Pixels(header.width(), header.height(), Pixels.ChannelOrder.BGR, data);
  }
}
