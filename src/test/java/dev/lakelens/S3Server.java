package dev.lakelens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An S3 on the loopback for the tests of one class: S3Proxy in a JVM of its own, over a temporary
 * directory. It checks signatures against credentials that are made when it starts.
 *
 * <pre>{@code
 * @RegisterExtension static final S3Server S3 = new S3Server();
 *
 * String bucket = S3.bucket();                          // s3a://..., empty
 * new Path(bucket).getFileSystem(S3.configuration());   // Hadoop
 * Main.run("label", ..., "--conf", S3.conf().get(0), ...);  // Spark: KEY=VALUE each
 * S3.put(bucket + "/a.jpg", bytes);
 * Files.write(S3.file(bucket + "/a.jpg"), others);      // changed past the server
 * }</pre>
 *
 * <p>Of Amazon's promises it shows those of one server only: nothing of consistency among many, and
 * none of its limits of rates.
 */
public final class S3Server implements BeforeAllCallback, AfterAllCallback {
  private static final Path CLASS_PATH = Path.of("target/s3proxy-class-path");
  private static final Pattern PORT = Pattern.compile("Started .*\\{127\\.0\\.0\\.1:(\\d+)\\}");

  private final String identity = UUID.randomUUID().toString();
  private final String credential = UUID.randomUUID().toString();
  private Path directory;
  private Process process;
  private int port;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("lakelens-s3");
    Files.createDirectory(buckets());
    process = launch();
    port = port();
    // what it says later must not fill the pipe
    Thread drain = new Thread(this::drain, "lakelens-s3");
    drain.setDaemon(true);
    drain.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** A new bucket, as Hadoop names it. */
  public String bucket() throws IOException {
    String name = "b" + UUID.randomUUID();
    Files.createDirectory(buckets().resolve(name));
    return "s3a://" + name;
  }

  /** Makes an object. */
  public void put(String object, byte[] bytes) throws IOException {
    URI address = URI.create(object);
    try (FileSystem fileSystem = FileSystem.newInstance(address, configuration());
        OutputStream out = fileSystem.create(new org.apache.hadoop.fs.Path(address))) {
      out.write(bytes);
    }
  }

  /**
   * The file that holds an object, to look at, to change or to remove. A new one made there is no
   * object yet: it has no ETag.
   */
  public Path file(String object) {
    return buckets().resolve(object.substring("s3a://".length()));
  }

  /** The server's address. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Hadoop's settings, of which a missing server is none that a test waits for. */
  public Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "fs.s3a.endpoint", endpoint(),
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            "fs.s3a.access.key", identity,
            "fs.s3a.secret.key", credential,
            "fs.s3a.attempts.maximum", "1",
            "fs.s3a.retry.limit", "1",
            "fs.s3a.retry.interval", "1ms"));
  }

  /** Hadoop's configuration with these settings. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    settings().forEach(configuration::set);
    return configuration;
  }

  /** The same as Spark takes them. */
  public List<String> conf() {
    return settings().entrySet().stream()
        .map(entry -> "spark.hadoop.%s=%s".formatted(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Path buckets() {
    return directory.resolve("buckets");
  }

  private Process launch() throws IOException {
    Path settings = directory.resolve("s3proxy.properties");
    Files.writeString(settings, properties());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=src/test/resources/s3proxy/logback.xml",
            "-cp",
            Files.readString(CLASS_PATH),
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString())
        .redirectErrorStream(true)
        .start();
  }

  private String properties() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", identity);
    properties.setProperty("s3proxy.credential", credential);
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.filesystem.basedir", buckets().toString());
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return text.toString();
  }

  /** The system chooses it, and the server says which. */
  private int port() throws IOException {
    StringBuilder said = new StringBuilder();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("S3Proxy ended before it listened:\n" + said);
  }

  private void drain() {
    try {
      process.inputReader().lines().forEach(line -> {});
    } catch (UncheckedIOException e) {
      // the process has ended
    }
  }
}
