package dev.lakelens.write;

import static java.util.Comparator.comparingLong;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What a run, or one file of it, holds.
 *
 * @param images rows, one for each input
 * @param ok images with an embedding
 * @param rejected images with a reason
 * @param bytes encoded bytes of all images whose length is known
 * @param rejects the rejected by stage and reason, the most frequent first
 */
public record RunCounts(long images, long ok, long rejected, long bytes, List<RejectCount> rejects)
    implements Serializable {
  public RunCounts {
    rejects = List.copyOf(rejects);
  }

  /** Counts without an order, in the order of this record. */
  static RunCounts of(long ok, long bytes, Collection<RejectCount> rejects) {
    List<RejectCount> sorted = new ArrayList<>(rejects);
    sorted.sort(comparingLong(RejectCount::images).reversed().thenComparing(RejectCount::example));
    long rejected = rejects.stream().mapToLong(RejectCount::images).sum();
    return new RunCounts(ok + rejected, ok, rejected, bytes, sorted);
  }

  /** The counts of several files together. */
  static RunCounts sum(List<RunCounts> files) {
    TreeMap<String, RejectCount> rejects = new TreeMap<>();
    for (RunCounts file : files) {
      file.rejects.forEach(reject -> rejects.merge(reject.reason(), reject, RejectCount::plus));
    }
    return of(
        files.stream().mapToLong(RunCounts::ok).sum(),
        files.stream().mapToLong(RunCounts::bytes).sum(),
        rejects.values());
  }
}
