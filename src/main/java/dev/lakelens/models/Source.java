package dev.lakelens.models;

import dev.lakelens.model.Model;

/** Where a model comes from. */
interface Source {
  /**
   * Reads it and makes its graph.
   *
   * @throws dev.lakelens.model.ModelException where it cannot be used as it is
   */
  Model build();

  /**
   * Reads it and says what it is.
   *
   * @throws dev.lakelens.model.ModelException where it is no model
   */
  ModelInspection inspect();
}
