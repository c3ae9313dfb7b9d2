package dev.lakelens.shelf;

import java.time.Duration;

/** Passes time between attempts. */
@FunctionalInterface
interface Waiting {
  void pause(Duration duration) throws InterruptedException;
}
