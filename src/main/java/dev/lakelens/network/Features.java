package dev.lakelens.network;

/**
 * A square map of features in a graph.
 *
 * @param name of its value // [N, channels, size, size]
 * @param size its side, in pixels
 */
public record Features(String name, int size) {}
