package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import java.util.List;

/** No model has the name that was asked for. */
public final class UnknownModelException extends ModelException {
  UnknownModelException(String name, List<String> known) {
    super("There is no model %s; there is %s".formatted(name, String.join(", ", known)));
  }
}
