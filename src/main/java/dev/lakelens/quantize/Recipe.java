package dev.lakelens.quantize;

import dev.lakelens.network.Activation;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.TrainedNetwork;
import java.util.List;

/** What of a network is in 8 bits; which one suits is a matter of its activation. */
enum Recipe {
  /** ReLU6 holds every value between 0 and 6, and a runtime clips as it quantises. */
  CONVOLUTIONS {
    @Override
    List<Ranges.Value> values(Architecture architecture) {
      return Int8Convolutions.values(architecture);
    }

    @Override
    void draw(
        OnnxGraph graph,
        TrainedNetwork trained,
        Ranges ranges,
        Rounding rounding,
        Correction correction) {
      new Int8Convolutions(graph, trained, ranges, rounding, correction).draw();
    }
  },

  /** SiLU is faster in floats than by tables of 8 bits, and so are depthwise convolutions. */
  GEMMS {
    @Override
    List<Ranges.Value> values(Architecture architecture) {
      return Int8Gemms.values(architecture);
    }

    @Override
    void draw(
        OnnxGraph graph,
        TrainedNetwork trained,
        Ranges ranges,
        Rounding rounding,
        Correction correction) {
      new Int8Gemms(graph, trained, ranges, rounding, correction).draw();
    }
  };

  /** The input of the graphs. */
  static final String INPUT = "input";

  static Recipe of(Activation activation) {
    return activation == Activation.RELU6 ? CONVOLUTIONS : GEMMS;
  }

  /** The values whose ranges it needs. */
  abstract List<Ranges.Value> values(Architecture architecture);

  /** Draws a network between the graph's input and the outputs embedding and logits. */
  abstract void draw(
      OnnxGraph graph,
      TrainedNetwork trained,
      Ranges ranges,
      Rounding rounding,
      Correction correction);
}
