package dev.lakelens.diagnose;

/**
 * What a bench has measured.
 *
 * @param model by its name
 * @param images in a pass
 * @param passes that count
 * @param jobCores tasks at the same time
 * @param loopCores threads of the plain loop, on the driver
 * @param job whole, from the listed files to the committed run
 * @param loop the same rooms in plain threads, without Spark and Parquet: the bound
 * @param network alone
 * @param peakResidentBytes of this process before the network was measured alone; 0 where the
 *     system does not tell
 */
public record BenchResult(
    String model,
    int images,
    int passes,
    int jobCores,
    int loopCores,
    Throughput job,
    Throughput loop,
    NetworkGrid network,
    long peakResidentBytes) {

  /** The job's images a second and core, as a share of the loop's. */
  public double ofBound() {
    return (job.imagesPerSecond() / jobCores) / (loop.imagesPerSecond() / loopCores);
  }
}
