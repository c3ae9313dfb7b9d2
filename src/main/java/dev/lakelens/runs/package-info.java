/** Run ids, manifests, the layout of an output dataset, and what a run has committed. */
package dev.lakelens.runs;
