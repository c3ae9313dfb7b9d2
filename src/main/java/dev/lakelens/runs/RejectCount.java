package dev.lakelens.runs;

/**
 * How many images of a run were rejected for one reason.
 *
 * @param stage of the reason
 * @param reason as in the column {@code reject.reason}
 * @param images how many
 * @param example path of one of them, the first by name
 * @param message of the example
 */
public record RejectCount(
    String stage, String reason, long images, String example, String message) {}
