package dev.lakelens.diagnose;

import static java.util.Comparator.comparingDouble;

import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import dev.lakelens.pipeline.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast the network alone runs, by the threads of one run and the images in it. All cores are
 * busy at each point: with few threads a run, more runs go on at the same time.
 *
 * @param points measured
 */
public record NetworkGrid(List<Point> points) {
  private static final int LARGEST_BATCH = 16;

  /** A larger batch is not tried once the last one was slower than this share of the best. */
  private static final double WORTH_GOING_ON = 0.9;

  private static final int WARM_UP_RUNS = 3;

  public NetworkGrid {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param threads of one run
   * @param batch images in one run
   * @param imagesPerSecond of all cores
   */
  public record Point(int threads, int batch, double imagesPerSecond) {}

  /** The fastest point. */
  public Point best() {
    return Collections.max(points, comparingDouble(Point::imagesPerSecond));
  }

  /**
   * Measures a model on this machine.
   *
   * @param seconds for a point
   */
  static NetworkGrid measure(Model model, int cores, double seconds) {
    List<Point> points = new ArrayList<>();
    for (int threads : threadCounts(cores)) {
      double best = 0;
      double last = 0;
      for (int batch : batches(model)) {
        if (last < WORTH_GOING_ON * best) {
          break;
        }
        last = imagesPerSecond(model, threads, batch, cores / threads, seconds);
        points.add(new Point(threads, batch, last));
        best = Math.max(best, last);
      }
    }
    return new NetworkGrid(points);
  }

  /** 1, 2, 4 and so on, and all cores. */
  private static List<Integer> threadCounts(int cores) {
    List<Integer> counts = new ArrayList<>();
    for (int threads = 1; threads < cores; threads *= 2) {
      counts.add(threads);
    }
    counts.add(cores);
    return counts;
  }

  /** 1, 2, 4 and so on, or the only one that the graph takes. */
  private static List<Integer> batches(Model model) {
    return model.fixedBatch() == 0
        ? IntStream.iterate(1, batch -> batch <= LARGEST_BATCH, batch -> 2 * batch).boxed().toList()
        : List.of(model.fixedBatch());
  }

  private static double imagesPerSecond(
      Model model, int threads, int batch, int runs, double seconds) {
    SessionSpec spec =
        SessionSpec.of(model, Fingerprint.of(model, "exact", "ignore"), batch, threads);
    return Threads.run("The network", runs, () -> imagesPerSecond(spec, model, seconds)).stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static double imagesPerSecond(SessionSpec spec, Model model, double least) {
    try (InferenceRunner runner = InferenceRunner.open(spec, model::onnx)) {
      for (int run = 0; run < WARM_UP_RUNS; run++) {
        runner.run();
      }
      long start = System.nanoTime();
      int runs = 0;
      double seconds = 0;
      while (seconds < least) {
        runner.run();
        runs++;
        seconds = (System.nanoTime() - start) / 1e9;
      }
      return runs * spec.batch() / seconds;
    }
  }
}
