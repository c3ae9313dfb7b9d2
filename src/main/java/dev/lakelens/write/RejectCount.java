package dev.lakelens.write;

import java.io.Serializable;

/**
 * How many images were rejected for one reason.
 *
 * @param stage of the reason
 * @param reason as in the column {@code reject.reason}
 * @param images how many
 * @param example path of one of them, the first by name
 * @param message of the example
 */
public record RejectCount(String stage, String reason, long images, String example, String message)
    implements Serializable {

  /** The two together; both have the same reason. */
  RejectCount plus(RejectCount other) {
    RejectCount first = other.example.compareTo(example) < 0 ? other : this;
    return new RejectCount(stage, reason, images + other.images, first.example, first.message);
  }
}
