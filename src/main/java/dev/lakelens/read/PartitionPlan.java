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
   * @param maxBytes files larger than this are not read
   * @param cores that run tasks at the same time
   */
  public static int partitions(List<ImageFile> files, long maxBytes, int cores) {
    long atLeast =
        Math.max((long) cores * TASKS_PER_CORE, cost(files, maxBytes) / LARGEST_COST + 1);
    return (int) Math.max(1, Math.min(files.size(), atLeast));
  }

  /**
   * Cuts the files into partitions.
   *
   * @param maxBytes files larger than this are not read
   * @return at most {@code partitions} lists, none of them empty, which joined are {@code files}
   */
  public static List<List<ImageFile>> plan(List<ImageFile> files, long maxBytes, int partitions) {
    long rest = cost(files, maxBytes); // of the current partition and those behind it
    List<List<ImageFile>> plan = new ArrayList<>();
    List<ImageFile> current = new ArrayList<>();
    long cost = 0; // of the current partition
    for (ImageFile file : files) {
      cost += cost(file, maxBytes);
      current.add(file);
      if (cost >= rest / (partitions - plan.size())) {
        plan.add(current);
        current = new ArrayList<>();
        rest -= cost;
        cost = 0;
      }
    }
    return plan;
  }

  private static long cost(List<ImageFile> files, long maxBytes) {
    return files.stream().mapToLong(file -> cost(file, maxBytes)).sum();
  }

  private static long cost(ImageFile file, long maxBytes) {
    return COST_OF_AN_IMAGE + (file.length() > maxBytes ? 0 : Math.max(0, file.length()));
  }
}
