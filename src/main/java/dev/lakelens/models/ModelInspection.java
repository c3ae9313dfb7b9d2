package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.model.ModelCard;
import dev.lakelens.onnx.OnnxInspection;
import java.util.Optional;

/**
 * What is known of a model without running it.
 *
 * @param card empty where it comes without one
 * @param weights path of the file of weights; of a model in the jar, the file's name
 * @param checkpoint what was recognised in the file, unless it is an ONNX graph
 * @param onnx what was found in the file, where it is an ONNX graph
 */
public record ModelInspection(
    Optional<ModelCard> card,
    String weights,
    Optional<Checkpoint> checkpoint,
    Optional<OnnxInspection> onnx) {}
