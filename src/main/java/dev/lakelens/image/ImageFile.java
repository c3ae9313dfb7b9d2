package dev.lakelens.image;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One image as a lake lists it.
 *
 * @param path the qualified path as Hadoop writes it, not escaped; the id of an image from a table
 * @param length encoded bytes, or {@link #UNKNOWN}
 * @param modified milliseconds since the epoch, or {@link #UNKNOWN}
 * @param etag the object store's entity tag, or the empty string where there is none
 */
public record ImageFile(String path, long length, long modified, String etag)
    implements Serializable {
  public static final long UNKNOWN = -1;

  public ImageFile {
    requireNonNull(path, "path is null");
    requireNonNull(etag, "etag is null");
  }
}
