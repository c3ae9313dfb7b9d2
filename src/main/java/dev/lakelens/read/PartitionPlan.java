package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import java.util.ArrayList;
import java.util.List;

/** Cuts a sorted list of files into contiguous partitions of about equal cost. */
public final class PartitionPlan {
  /** An image costs its bytes, and as much as this many more: the network does not see its size. */
  private static final long COST_OF_AN_IMAGE = 512 << 10;

  /** Cost of a partition that no task should exceed: about a minute of one core. */
  private static final long LARGEST_COST = 4L << 30;

  /** Tasks for each core, so that the last ones end at about the same time. */
  private static final int TASKS_PER_CORE = 4;

  private PartitionPlan() {}

  /**
   * The number of partitions that keeps all cores busy.
   *
   * @param cores that run tasks at the same time
   */
  public static int partitions(List<ImageFile> files, int cores) {
    long cost = files.stream().mapToLong(PartitionPlan::cost).sum();
    long atLeast = Math.max((long) cores * TASKS_PER_CORE, cost / LARGEST_COST + 1);
    return (int) Math.max(1, Math.min(files.size(), atLeast));
  }

  /**
   * Cuts the files into partitions.
   *
   * @return at most {@code partitions} lists, none of them empty, which joined are {@code files}
   */
  public static List<List<ImageFile>> plan(List<ImageFile> files, int partitions) {
    long total = files.stream().mapToLong(PartitionPlan::cost).sum();
    List<List<ImageFile>> plan = new ArrayList<>();
    List<ImageFile> current = new ArrayList<>();
    long cost = 0;
    for (ImageFile file : files) {
      cost += cost(file);
      current.add(file);
      if (cost >= share(total, plan.size() + 1, partitions)) {
        plan.add(current);
        current = new ArrayList<>();
      }
    }
    return plan;
  }

  /** {@code total * count / of}, which must not overflow in between. */
  private static long share(long total, int count, int of) {
    return total / of * count + total % of * count / of;
  }

  private static long cost(ImageFile file) {
    return COST_OF_AN_IMAGE + Math.max(0, file.length());
  }
}
