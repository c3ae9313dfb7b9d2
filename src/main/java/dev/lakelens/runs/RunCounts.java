package dev.lakelens.runs;

import java.util.List;

/**
 * What a run has committed, counted in its files.
 *
 * @param images rows, one for each input
 * @param ok images with an embedding
 * @param rejected images with a reason
 * @param bytes encoded bytes of all images whose length is known
 * @param rejects the rejected by stage and reason, the most frequent first
 */
public record RunCounts(
    long images, long ok, long rejected, long bytes, List<RejectCount> rejects) {
  public RunCounts {
    rejects = List.copyOf(rejects);
  }
}
