package dev.lakelens.models;

import dev.lakelens.model.Model;
import dev.lakelens.network.TrainedNetwork;

/** Where a model comes from. */
interface Source {
  /**
   * Reads it and makes its graph.
   *
   * @throws dev.lakelens.model.ModelException where it cannot be used as it is
   */
  Model build();

  /**
   * Reads its weights and makes no graph.
   *
   * @throws dev.lakelens.model.ModelException where it is a graph, or cannot be used as it is
   */
  TrainedNetwork trained();

  /**
   * Reads it and says what it is.
   *
   * @throws dev.lakelens.model.ModelException where it is no model
   */
  ModelInspection inspect();
}
