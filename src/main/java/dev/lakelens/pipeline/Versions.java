package dev.lakelens.pipeline;

import dev.lakelens.infer.InferenceRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.util.VersionInfo;

/** Versions of what takes part in a run. */
public final class Versions {
  private Versions() {}

  /** The version of Lakelens. */
  public static String lakelens() {
    try (InputStream in = Versions.class.getResourceAsStream("/lakelens-version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, by name. */
  static Map<String, String> all() {
    return Map.of(
        "lakelens", lakelens(),
        "spark", org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        "hadoop", VersionInfo.getVersion(),
        "onnxruntime", InferenceRunner.runtimeVersion(),
        "java", System.getProperty("java.version"));
  }
}
