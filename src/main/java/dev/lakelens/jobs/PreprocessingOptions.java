package dev.lakelens.jobs;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How images are prepared, where a file does not say it. */
final class PreprocessingOptions {
  @Option(names = "--input-size", paramLabel = "N", description = "Side of the input in pixels.")
  private Integer inputSize;

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      description = "shorter_side, then a centre crop, or squash: both sides.")
  private Resize resize;

  @Option(
      names = "--resize-to",
      paramLabel = "N",
      description = "Pixels that the resize aims at (default: the input size).")
  private Integer resizeTo;

  @Option(
      names = "--interpolation",
      paramLabel = "FILTER",
      description = "nearest, bilinear or bicubic.")
  private Interpolation interpolation;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description = "unit, values divided by 255, or byte (default: unit).")
  private Range range;

  @Option(names = "--mean", split = ",", paramLabel = "R,G,B", description = "In that range.")
  private List<Double> mean;

  @Option(names = "--std", split = ",", paramLabel = "R,G,B", description = "In that range.")
  private List<Double> std;

  /** Whether any of them is given. */
  boolean given() {
    return Stream.of(inputSize, resize, resizeTo, interpolation, range, mean, std)
        .anyMatch(value -> value != null);
  }

  /**
   * Takes the only size that a file can have, unless one is given.
   *
   * @param size in pixels; 0 where the file takes any
   */
  void assumeInputSize(int size) {
    if (inputSize == null && size > 0) {
      inputSize = size;
    }
  }

  /** Options that are needed and not given. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    addUnless(inputSize, "--input-size", missing);
    addUnless(resize, "--resize", missing);
    addUnless(interpolation, "--interpolation", missing);
    addUnless(mean, "--mean", missing);
    addUnless(std, "--std", missing);
    return missing;
  }

  private static void addUnless(Object value, String option, List<String> missing) {
    if (value == null) {
      missing.add(option);
    }
  }

  /**
   * What they say, where none is missing.
   *
   * @throws IllegalArgumentException where a rule breaks; its sentence names the option
   */
  Preprocessing preprocessing() {
    try {
      return new Preprocessing(
          inputSize,
          resize,
          resizeTo == null ? inputSize : resizeTo,
          interpolation,
          range == null ? Range.UNIT : range,
          mean,
          std);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(options(e.getMessage()), e);
    }
  }

  /** A card's keys as the options that they come from. */
  private static String options(String sentence) {
    return sentence
        .replace("input_size", "--input-size")
        .replace("resize_to", "--resize-to")
        .replaceFirst("^(mean|std)", "--$1");
  }
}
