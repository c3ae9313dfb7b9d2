package dev.lakelens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports are the arrows between rooms, and there is no way back. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lakelens");

  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("image", List.of()),
          Map.entry("read", List.of("image", "model")),
          Map.entry("decode", List.of("image")),
          Map.entry("prepare", List.of("decode", "model")),
          Map.entry("infer", List.of("image", "prepare", "model")),
          Map.entry("write", List.of("image", "infer")),
          Map.entry("runs", List.of("image", "model", "write")),
          Map.entry(
              "pipeline",
              List.of("image", "read", "decode", "prepare", "infer", "write", "runs", "model")),
          Map.entry("model", List.of()),
          Map.entry("network", List.of("model")),
          Map.entry("weights", List.of("network", "model")),
          Map.entry("checkpoint", List.of("weights", "network", "model")),
          Map.entry(
              "diagnose",
              List.of("image", "read", "pipeline", "runs", "infer", "prepare", "network", "model")),
          Map.entry(
              "models", List.of("checkpoint", "weights", "onnx", "shelf", "network", "model")),
          Map.entry("quantize", List.of("image", "decode", "prepare", "infer", "network", "model")),
          Map.entry("onnx", List.of("network", "model")),
          Map.entry("shelf", List.of("model")));

  private static final Map<String, List<String>> OUTSIDERS =
      Map.of(
          "ai.onnxruntime..",
          List.of("infer"),
          "org.bytedeco..",
          List.of("decode"),
          "javax.imageio..",
          List.of("decode"),
          "io.jhdf..",
          List.of("weights"),
          "picocli..",
          List.of("jobs"),
          "org.apache.spark..",
          List.of("read", "write", "pipeline", "diagnose", "jobs"),
          "org.apache.hadoop..",
          List.of("read", "write", "runs", "pipeline", "shelf", "diagnose", "jobs"),
          "org.apache.parquet..",
          List.of("write"));

  static Stream<String> rooms() {
    return ARROWS.keySet().stream().sorted();
  }

  static Stream<String> outsiders() {
    return OUTSIDERS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void importsOnlyTheRoomsBeforeIt(String room) {
    classes()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .onlyDependOnClassesThat(outsideTheHouseOr(room))
        .check(HOUSE);
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void meetsALibraryInItsOwnRooms(String library) {
    String[] rooms =
        OUTSIDERS.get(library).stream().map(HouseTest::packageOf).toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(HOUSE);
  }

  @Test
  void hasNoWayBack() {
    slices().matching("dev.lakelens.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void hasNoRoomWithoutARule() {
    classes()
        .that()
        .resideOutsideOfPackage("dev.lakelens") // the map of the house
        .should()
        .resideInAnyPackage(
            Stream.concat(rooms(), Stream.of("jobs"))
                .map(HouseTest::packageOf)
                .toArray(String[]::new))
        .check(HOUSE);
  }

  private static String packageOf(String room) {
    return "dev.lakelens." + room + "..";
  }

  private static DescribedPredicate<JavaClass> outsideTheHouseOr(String room) {
    List<String> allowed = ARROWS.get(room);
    return DescribedPredicate.describe(
        "are outside the house or in " + room + ", " + String.join(", ", allowed),
        other -> {
          String name = other.getPackageName();
          if (!name.startsWith("dev.lakelens.")) {
            return true;
          }
          String otherRoom = name.substring("dev.lakelens.".length());
          return otherRoom.equals(room) || allowed.contains(otherRoom);
        });
  }
}
