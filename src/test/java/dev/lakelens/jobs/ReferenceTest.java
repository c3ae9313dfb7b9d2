package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.image.Reason;
import dev.lakelens.write.OutputSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README's Reference says what the code does. */
class ReferenceTest {
  @Test
  void listsTheColumnsWithTheirTypes() throws IOException {
    List<String> columns = new ArrayList<>();
    for (StructField field : OutputSchema.of("").fields()) {
      columns.add("`" + field.name() + "` | " + type(field.dataType()));
    }
    columns.add("`run` | string");

    assertThat(rows("Columns", 2)).isEqualTo(columns);
  }

  @Test
  void listsTheReasonsByStage() throws IOException {
    assertThat(rows("Reasons", 2))
        .isEqualTo(
            Arrays.stream(Reason.values())
                .map(reason -> "`" + reason.stage().text() + "` | `" + reason.text() + "`")
                .toList());
  }

  @Test
  void listsTheExitCodes() throws IOException {
    assertThat(rows("Exit codes", 1))
        .containsExactly(
            "" + ExitCode.DONE, "" + ExitCode.FAILED, "" + ExitCode.USAGE, "" + ExitCode.REJECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"label", "bench", "model", "model describe"})
  void showsTheHelp(String command) throws IOException {
    PrintStream standardOut = System.out;
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    System.setOut(new PrintStream(help, true, StandardCharsets.UTF_8));
    try {
      Main.run((command + " --help").split(" "));
    } finally {
      System.setOut(standardOut);
    }

    assertThat(section("Command line")).contains(help.toString(StandardCharsets.UTF_8).strip());
  }

  private static String type(DataType type) {
    if (type instanceof ArrayType array) {
      return "array<" + type(array.elementType()) + ">";
    }
    if (type instanceof StructType struct) {
      List<String> fields =
          Arrays.stream(struct.fields()).map(f -> f.name() + ": " + type(f.dataType())).toList();
      return "struct<" + String.join(", ", fields) + ">";
    }
    return type.typeName().equals("integer") ? "int" : type.typeName();
  }

  /** The first cells of each row of a section's table. */
  private static List<String> rows(String section, int cells) throws IOException {
    String text = section(section);
    List<String> rows = new ArrayList<>();
    for (String line : text.substring(text.indexOf("| ---")).lines().skip(1).toList()) {
      if (line.startsWith("| ")) {
        String[] columns = line.substring(2).split(" \\| ", -1);
        rows.add(String.join(" | ", Arrays.asList(columns).subList(0, cells)));
      }
    }
    return rows;
  }

  private static String section(String name) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher matcher =
        Pattern.compile("(?ms)^## " + Pattern.quote(name) + "$(.*?)(?=^## |\\z)").matcher(readme);
    assertThat(matcher.find()).as("section %s", name).isTrue();
    return matcher.group(1);
  }
}
