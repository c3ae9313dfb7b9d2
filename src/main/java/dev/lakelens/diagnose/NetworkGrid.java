package dev.lakelens.diagnose;

import static java.util.Comparator.comparingDouble;

import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
      for (int batch = 1; batch <= LARGEST_BATCH && last >= WORTH_GOING_ON * best; batch *= 2) {
        int fixed = model.fixedBatch() == 0 ? batch : model.fixedBatch();
        last = imagesPerSecond(spec(model, threads, fixed), model, cores / threads, seconds);
        points.add(new Point(threads, fixed, last));
        best = Math.max(best, last);
        if (model.fixedBatch() != 0) {
          break;
        }
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

  private static SessionSpec spec(Model model, int threads, int batch) {
    return new SessionSpec(
        Fingerprint.of(model, "ignore"),
        model.card().preprocessing().inputSize(),
        model.classes(),
        model.embeddingSize(),
        batch,
        threads);
  }

  private static double imagesPerSecond(SessionSpec spec, Model model, int runs, double seconds) {
    Callable<Double> measurement = () -> imagesPerSecond(spec, model, seconds);
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try {
      double sum = 0;
      for (Future<Double> rate :
          IntStream.range(0, runs).mapToObj(run -> pool.submit(measurement)).toList()) {
        sum += rate.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The network does not run: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the network was measured", e);
    } finally {
      pool.shutdownNow();
    }
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
