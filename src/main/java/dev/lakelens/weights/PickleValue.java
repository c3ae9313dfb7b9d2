package dev.lakelens.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle holds, besides text ({@code String}), integers ({@code Long}) and truth values
 * ({@code Boolean}). Values may hold themselves: they are compared by identity, and not printed.
 */
interface PickleValue {

  /** A value that no tensor needs: None, a number with a fraction, bytes, a set, an object. */
  enum Opaque implements PickleValue {
    VALUE
  }

  /** The name of a class or function, such as {@code collections.OrderedDict}; never looked up. */
  record Global(String name) implements PickleValue {}

  /** A list or a tuple. */
  final class Sequence implements PickleValue {
    private final List<Object> items;

    Sequence(List<Object> items) {
      this.items = items;
    }

    Sequence() {
      this(new ArrayList<>());
    }

    List<Object> items() {
      return items;
    }
  }

  /** A dictionary in the order of insertion. */
  final class Dictionary implements PickleValue {
    private final Map<Object, Object> items = new LinkedHashMap<>();

    /** Keys other than text and integers are all different. */
    void put(Object key, Object value) {
      items.put(key instanceof String || key instanceof Long ? key : new Object(), value);
    }

    Object value(String key) {
      return items.getOrDefault(key, Opaque.VALUE);
    }

    Collection<Map.Entry<Object, Object>> entries() {
      return items.entrySet();
    }
  }
}
