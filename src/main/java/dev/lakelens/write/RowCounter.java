package dev.lakelens.write;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Reason;
import dev.lakelens.image.Rejection;
import java.util.EnumMap;
import java.util.Map;

/** Counts the rows of one file as they are written. */
final class RowCounter {
  private final Map<Reason, RejectCount> rejects = new EnumMap<>(Reason.class);
  private long ok;
  private long bytes;

  void add(OutcomeRow row) {
    if (row.file.length() != ImageFile.UNKNOWN) {
      bytes += row.file.length();
    }
    if (row.rejection == null) {
      ok++;
    } else {
      rejects.merge(row.rejection.reason(), one(row.file, row.rejection), RejectCount::plus);
    }
  }

  RunCounts counts() {
    return RunCounts.of(ok, bytes, rejects.values());
  }

  private static RejectCount one(ImageFile file, Rejection rejection) {
    Reason reason = rejection.reason();
    return new RejectCount(
        reason.stage().text(), reason.text(), 1, file.path(), rejection.message());
  }
}
