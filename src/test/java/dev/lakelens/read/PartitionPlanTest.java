package dev.lakelens.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionPlanTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 16", "7, 3", "100, 8", "1000, 16", "5000, 64", "16, 16"})
  void holdsEveryFileOnceInOrderInPartitionsOfEqualCost(int files, int partitions) {
    List<ImageFile> list = files(files);

    List<List<ImageFile>> plan = PartitionPlan.plan(list, Long.MAX_VALUE, partitions);

    assertThat(plan).hasSizeBetween(1, partitions).noneMatch(List::isEmpty);
    assertThat(plan.stream().flatMap(List::stream).toList()).isEqualTo(list);
    double mean = cost(list) / Math.min(files, partitions);
    double largest = list.stream().mapToDouble(file -> cost(List.of(file))).max().getAsDouble();
    assertThat(plan).allMatch(partition -> cost(partition) <= mean + largest);
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1", "5, 2, 5", "1000, 2, 8", "1000, 100, 400"})
  void keepsAllCoresBusy(int files, int cores, int expected) {
    assertThat(PartitionPlan.partitions(files(files), Long.MAX_VALUE, cores)).isEqualTo(expected);
  }

  @Test
  void plansALakeOfPetabytes() {
    List<ImageFile> files = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      files.add(new ImageFile("file:/" + i, i % 2 == 0 ? 1L << 40 : 1, ImageFile.UNKNOWN, ""));
    }

    List<List<ImageFile>> plan = PartitionPlan.plan(files, Long.MAX_VALUE, 10_000);

    assertThat(plan).hasSizeBetween(9_999, 10_000).allMatch(partition -> partition.size() <= 3);
  }

  @Test
  void plansAFileThatIsTooLargeToReadAsOneThatCostsNothing() {
    List<ImageFile> files = files(1000);
    files.add(0, new ImageFile("file:/a.mp4", 50L << 30, ImageFile.UNKNOWN, ""));

    List<List<ImageFile>> plan = PartitionPlan.plan(files, 64 << 20, 8);

    assertThat(plan).hasSize(8).allMatch(partition -> partition.size() > 100);
  }

  @Test
  void sharesTheRestEquallyBehindALargeFile() {
    List<ImageFile> files = files(1000);
    files.add(0, new ImageFile("file:/a.tif", 50L << 30, ImageFile.UNKNOWN, ""));

    List<List<ImageFile>> plan = PartitionPlan.plan(files, Long.MAX_VALUE, 9);

    assertThat(plan.get(0)).hasSize(1);
    assertThat(plan).hasSize(9);
    assertThat(plan.subList(1, 9)).allMatch(partition -> partition.size() > 100);
  }

  private static double cost(List<ImageFile> files) {
    return files.stream().mapToDouble(file -> file.length() + 512 * 1024).sum();
  }

  private static List<ImageFile> files(int count) {
    Random random = new Random(count);
    List<ImageFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(new ImageFile("file:/" + i, random.nextInt(300_000), ImageFile.UNKNOWN, ""));
    }
    return files;
  }
}
