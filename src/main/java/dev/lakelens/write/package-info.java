/** Outcomes to rows of Parquet, one for every image that was read. */
package dev.lakelens.write;
