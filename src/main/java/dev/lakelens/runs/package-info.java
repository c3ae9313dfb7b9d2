/** Run ids, manifests, and the layout of an output dataset. */
package dev.lakelens.runs;
