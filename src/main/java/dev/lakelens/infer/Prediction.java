package dev.lakelens.infer;

/**
 * One class for one image.
 *
 * @param id of the class, from 0
 * @param label name of the class
 * @param score probability by the model's head, 0 to 1
 */
public record Prediction(int id, String label, float score) {}
