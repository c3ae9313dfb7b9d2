package dev.lakelens.pipeline;

import dev.lakelens.read.ReadImage;
import dev.lakelens.write.OutcomeRow;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/** Labels the images of one partition inside one task; pixels and tensors never leave it. */
final class LabelPartition implements FlatMapFunction<Iterator<ReadImage>, OutcomeRow> {
  private final LabellerSpec spec;
  private final Broadcast<byte[]> onnx;
  private final StageMeters meters;

  LabelPartition(LabellerSpec spec, Broadcast<byte[]> onnx, StageMeters meters) {
    this.spec = spec;
    this.onnx = onnx;
    this.meters = meters;
  }

  @Override
  public Iterator<OutcomeRow> call(Iterator<ReadImage> images) {
    Labeller labeller = Labeller.open(spec, onnx::value, meters);
    TaskCompletionListener close = context -> labeller.close();
    TaskContext.get().addTaskCompletionListener(close);
    return labeller.label(images);
  }
}
