package dev.lakelens.pipeline;

/**
 * How far a run is, by what its tasks have reported.
 *
 * @param done images
 * @param total images, or 0 where they are not known in advance
 * @param seconds since the first task was submitted
 */
public record Progress(long done, long total, double seconds) {

  /** Images a second since the start, or 0 before the first one. */
  public double rate() {
    return seconds > 0 ? done / seconds : 0;
  }

  /** Seconds that the rest takes at this rate, or 0 where that is not known. */
  public double remainingSeconds() {
    return done > 0 && total > done ? (total - done) / rate() : 0;
  }
}
