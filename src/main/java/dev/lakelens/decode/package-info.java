/**
 * Encoded bytes to pixels: formats by their magic bytes, limits before allocation, and the verdict
 * on damaged files. The only room that imports image codecs.
 */
package dev.lakelens.decode;
