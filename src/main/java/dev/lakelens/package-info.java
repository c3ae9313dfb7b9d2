/**
 * Lakelens labels and embeds the images of a data lake with EfficientNet, on Apache Spark.
 *
 * <p>Rooms are packages; data walks through five of them in order, and imports are the arrows.
 *
 * <ol>
 *   <li>{@code image}: what every room speaks of, image files and rejections
 *   <li>{@code read}: a lake to encoded images
 *   <li>{@code decode}: encoded bytes to pixels
 *   <li>{@code prepare}: pixels to a tensor, equal to Pillow
 *   <li>{@code infer}: tensors to logits and embeddings, on ONNX Runtime
 *   <li>{@code write}: outcomes to rows of Parquet
 *   <li>{@code runs}: run ids, manifests, and the layout of an output dataset
 *   <li>{@code pipeline}: the rooms above in order
 *   <li>{@code model}: cards, labels and fingerprints
 *   <li>{@code network}: EfficientNet as a table, and its ONNX graph
 *   <li>{@code weights}: weight files of every format to tensors by their makers' names
 *   <li>{@code checkpoint}: those tensors to an EfficientNet with canonical names
 *   <li>{@code quantize}: calibration photos to an int8 graph that keeps a network's answers
 *   <li>{@code onnx}: ONNX files of other makers, checked and adapted before a runtime sees them
 *   <li>{@code shelf}: public checkpoints, their catalogue and their way here
 *   <li>{@code models}: a name or a file to a model ready to run
 *   <li>{@code diagnose}: whether a model does what it should, and how fast a job is
 *   <li>{@code jobs}: the command line
 * </ol>
 */
package dev.lakelens;
