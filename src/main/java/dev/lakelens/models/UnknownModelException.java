package dev.lakelens.models;

import dev.lakelens.model.ModelException;
import dev.lakelens.shelf.Catalogue;

/** No model has the name that was asked for. */
public final class UnknownModelException extends ModelException {
  UnknownModelException(String name) {
    super(
        ("There is no model %s: it is no file, and no name in the jar, on the shelf or in the"
                + " catalogue. %s")
            .formatted(name, Catalogue.load().remedy(name)));
  }
}
