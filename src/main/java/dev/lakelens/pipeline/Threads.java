package dev.lakelens.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work in several threads at once. */
public final class Threads {
  private Threads() {}

  /**
   * Waits for all threads.
   *
   * @param what is done, for messages
   * @return what each thread made
   * @throws IllegalStateException if one fails, with its failure as cause
   */
  public static <T> List<T> run(String what, int threads, Callable<T> work) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(Collections.nCopies(threads, work))) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("%s fails: %s".formatted(what, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("%s was interrupted".formatted(what), e);
    } finally {
      pool.shutdownNow();
    }
  }
}
