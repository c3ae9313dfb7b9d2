/**
 * Tensor batches to logits and embeddings. The only room that imports ONNX Runtime: one environment
 * and one session for each JVM and model, shared by its tasks.
 */
package dev.lakelens.infer;
