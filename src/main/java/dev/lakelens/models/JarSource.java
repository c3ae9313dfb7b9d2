package dev.lakelens.models;

import dev.lakelens.model.Model;
import dev.lakelens.network.TrainedNetwork;

/** A model in the jar. */
record JarSource(String name) implements Source {
  @Override
  public Model build() {
    return Models.load(name);
  }

  @Override
  public TrainedNetwork trained() {
    return Models.trained(name);
  }

  @Override
  public ModelInspection inspect() {
    return Models.inspect(name);
  }
}
