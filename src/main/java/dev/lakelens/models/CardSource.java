package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.model.Head;
import dev.lakelens.model.Model;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A card, with weights and labels beside it.
 *
 * @param externalData whether tensors of an ONNX file may lie in other files of its folder
 */
record CardSource(CardFile file, boolean externalData) implements Source {
  @Override
  public Model build() {
    if (file.isOnnx()) {
      return OnnxModel.read(file.weights(), externalData).adapt(file.card(), file.labels());
    }
    return EfficientNet.build(trained());
  }

  @Override
  public TrainedNetwork trained() {
    if (file.isOnnx()) {
      throw OnnxSource.graph(file.weights().toString());
    }
    Checkpoint checkpoint = file.checkpoint().requireFinite();
    return new TrainedNetwork(file.card(), file.labels(), checkpoint.tensors());
  }

  @Override
  public ModelInspection inspect() {
    return file.isOnnx() ? inspectOnnx() : inspectCheckpoint();
  }

  private ModelInspection inspectOnnx() {
    Path weights = file.weights();
    OnnxModel onnx = OnnxModel.read(weights, externalData);
    onnx.requireAgreement(file.card());
    OnnxInspection found = onnx.inspection();
    requireFit(file.card().head() == Head.NONE ? 0 : found.classes()); // its classifier is left out
    return new ModelInspection(
        Optional.of(file.card()), weights.toString(), Optional.empty(), Optional.of(found));
  }

  private ModelInspection inspectCheckpoint() {
    Checkpoint found = file.checkpoint();
    requireFit(found.classes());
    return new ModelInspection(
        Optional.of(file.card()), found.source(), Optional.of(found), Optional.empty());
  }

  private void requireFit(int classes) {
    Model.requireFit(file.card(), file.labels(), classes);
  }
}
