package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code jobs/model} says to models, files and arguments of all sorts. */
class ModelUsageTest {
  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;

  @Test
  void inspectsWhatModelTakes() throws IOException {
    Path built = directory.resolve("built");
    assertThat(Main.run("model", "build", "efficientnet-lite0", "--output", built.toString()))
        .isZero();
    assertThat(Main.run("model", "inspect", built.toString())).isZero();
    assertThat(console.out())
        .contains("efficientnet-lite0, by its card: architecture onnx, family onnx, head softmax\n")
        .contains("  preprocessing: input_size 224, resize shorter_side, resize_to 256, ")
        .contains(built.resolve("model.onnx") + ": ONNX, opset ")
        .contains("  output logits: 1,000 classes, embedding of 1280, fp32\n");

    assertThat(Main.run("model", "inspect", "efficientnet-lite0")).isZero();
    assertThat(console.out()).contains("by its card: architecture lite0, family timm-tf, head");
  }

  @Test
  void saysThatWeightsAreNotFinite() throws IOException {
    Map<String, Tensor> tensors = new HashMap<>(tensors(2));
    Tensor bad = new Tensor(List.of(2), ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN));
    bad.floats().put(0, Float.NaN);
    tensors.put("classifier.bias", bad);
    String file =
        SafetensorsWriter.write(directory.resolve("tf_efficientnet_lite0.safetensors"), tensors)
            .toString();

    assertThat(Main.run("model", "inspect", file)).isEqualTo(ExitCode.USAGE);
    assertThat(console.out()).contains("NOT usable: NaN or infinite values are in classifier.bias");
    assertThat(Main.run("model", "card", file)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("is not usable: NaN or infinite values are in");
  }

  @ParameterizedTest
  @CsvSource({
    "1, '', sigmoid, ''",
    "1, softmax, '', '--head is softmax, and of one output'",
    "2, none, '', '--head is none, and the model has a classifier'",
    "0, softmax, '', '--head is softmax, and the model has no classifier'",
    "2, SIGMOID, sigmoid, ''"
  })
  void choosesAHeadThatFitsTheOutputs(int classes, String said, String head, String fault)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("model", "card", checkpoint(classes), "--family", "timm-tf", "--input-size"));
    arguments.addAll(List.of("64", "--resize", "squash", "--interpolation", "nearest"));
    arguments.addAll(List.of("--mean", "0,0,0", "--std", "1,1,1"));
    if (!said.isEmpty()) {
      arguments.addAll(List.of("--head", said));
    }
    int code = Main.run(arguments.toArray(String[]::new));

    assertThat(code).isEqualTo(fault.isEmpty() ? ExitCode.DONE : ExitCode.USAGE);
    assertThat(console.out()).contains(head);
    assertThat(console.error()).contains(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo|jobs/model: There is no command foo; there are describe, list, fetch, inspect, card,",
        "describ b0|There is no command describ; there are describe, list, fetch, inspect, card,"
            + " build, verify, quantize. Is it describe?",
        "list --jsno|jobs/model list: There is no option --jsno",
        "inspect a b|jobs/model inspect: 'b' is one argument too many",
        "inspect a --family foo|'foo' is none of timm-tf, timm, torchvision, efficientnet-pytorch,",
        "inspect s3a://b/m.onnx|There is no model s3a://b/m.onnx on this machine",
        "card s3a://b/m.onnx|'s3a://b/m.onnx' is on another file system; give a path of this"
            + " machine",
        "build efficientnet-lite0 --output s3a://b/m|'s3a://b/m' is on another file system",
        "describe b0 --diagram hdfs:/b0.svg|'hdfs:/b0.svg' is on another file system",
        "verify efficientnet-lite0 r --tolerance -1|--tolerance must not be negative, and is -1.0",
        "verify efficientnet-lite0 r --tolerance NaN|'NaN' is not a number",
        "verify efficientnet-lite0 r --tolerance 1e999|'1e999' is not a number",
        "describe b0 --classes 3000000000|'3000000000' is too large",
        "card {file} --external-data|mine.safetensors is no ONNX file: leave out --external-data",
        "card m.onnx --family timm|m.onnx is an ONNX file, whose graph has its own padding: leave",
        "card card.json|card.json is a card, or none; give the file of weights",
        "card {file} --resize stretch|'stretch' is none of shorter_side, squash",
        "card {file} --mean 0,0,0 --family timm|mine.safetensors: give --input-size, --resize,"
            + " --interpolation, --std",
        "card {file} {rest} --input-size 0|--input-size must be 1 to 8192, and is 0",
        "card {file} {rest} --input-size 9000|--input-size must be 1 to 8192, and is 9000",
        "card {file} {rest} --input-size 8 --resize-to 4|--resize-to must be 8 (--input-size) to"
            + " 8192, and is 4",
        "card {file} {rest} --input-size 8 --std 1,1|--std must have three values, and has 2",
        "card {file} {rest} --input-size 8 --std 1,1,x|'x' is not a number",
      })
  void refusesWrongArguments(String arguments, String sentence) throws IOException {
    String line =
        arguments
            .replace("{file}", checkpoint())
            .replace(
                "{rest}", "--family timm --resize squash --interpolation nearest --mean 0,0,0");
    if (arguments.contains("{rest}") && !line.contains("--std")) {
      line = line.replace("--mean 0,0,0 ", "--mean 0,0,0 --std 1,1,1 ");
    }

    assertThat(Main.run(("model " + line).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).startsWith("jobs/model").contains(sentence);
    assertThat(console.error()).doesNotContain("Exception");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void takesOfAnOnnxFileWhatItTells() throws IOException {
    String built = directory.resolve("built").toString();
    Main.run("model", "build", "efficientnet-lite0", "--output", built);
    String said = " --resize squash --interpolation bilinear --mean 0,0,0 --std 1,1,1";
    String line = "model card " + built + "/model.onnx" + said;

    assertThat(Main.run(line.split(" "))).isZero();
    assertThat(console.out()).contains("\"input_size\" : 224", "\"head\" : \"softmax\"");
    assertThat(Main.run((line + " --input-size 64").split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("the card's input_size is 64, and the graph takes 224");
  }

  /** Files that are no model, for each command that reads one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gone.onnx||There is no model",
        "empty.onnx||empty.onnx: it is empty",
        "empty.json||empty.json is empty",
        "empty.pth||empty.pth is empty",
        "text.onnx|hello there|text.onnx: it is no whole ONNX file, but damaged, or its download",
        "text.json|{\"name\": |text.json is not JSON: it breaks off in line 1",
        "text.pth|hello there|begins with the bytes 68 65 6c 6c 6f 20 74 68; the formats that are",
      })
  void refusesFilesThatAreNoModel(String name, String content, String sentence) throws IOException {
    Path file = directory.resolve(name);
    if (!name.startsWith("gone")) {
      Files.writeString(file, content == null ? "" : content);
    }
    String output = directory.resolve("out").toString();

    for (List<String> command :
        List.of(
            List.of("inspect", file.toString()),
            List.of("build", file.toString(), "--output", output),
            List.of("verify", file.toString(), "r.safetensors"))) {
      List<String> line = new ArrayList<>(List.of("model"));
      line.addAll(command);
      assertThat(Main.run(line.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
      assertThat(console.error())
          .contains("jobs/model " + command.get(0) + ": ")
          .contains(sentence);
    }
    assertThat(console.error()).doesNotContain("Exception");
    assertThat(Path.of(output)).doesNotExist();
  }

  @Test
  void writesNothingOverAnotherFile() throws IOException {
    Path output = Files.createDirectory(directory.resolve("out"));
    Files.writeString(output.resolve("labels.txt"), "mine\n");

    assertThat(Main.run("model", "build", "efficientnet-lite0", "--output", output.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains(output.resolve("labels.txt") + " is there already.");
    assertThat(output.resolve("model.onnx")).doesNotExist();
    assertThat(
            Main.run(
                "model",
                "build",
                "efficientnet-lite0",
                "--output",
                output.resolve("labels.txt").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("labels.txt is a file. Give a directory.");
  }

  private String checkpoint() throws IOException {
    return checkpoint(2);
  }

  private String checkpoint(int classes) throws IOException {
    return SafetensorsWriter.write(directory.resolve("mine.safetensors"), tensors(classes))
        .toString();
  }

  private static Map<String, Tensor> tensors(int classes) {
    return SyntheticWeights.of(Architecture.of(Variant.LITE0), classes).byName();
  }
}
