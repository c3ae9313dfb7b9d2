/**
 * The rooms in order: read, decode, prepare, infer, write. The only place that knows them all; its
 * {@link dev.lakelens.pipeline.Labeller} is the middle three, for those who bring their own bytes.
 */
package dev.lakelens.pipeline;
