package dev.lakelens.shelf;

/** Hears how far a download is. Called on the fetching thread, often. */
@FunctionalInterface
public interface FetchListener {

  /**
   * Bytes came.
   *
   * @param bytes that are here, those of an earlier attempt included
   * @param total bytes of the file
   */
  void received(long bytes, long total);
}
