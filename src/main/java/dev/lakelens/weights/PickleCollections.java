package dev.lakelens.weights;

import dev.lakelens.weights.PickleValue.Dictionary;
import dev.lakelens.weights.PickleValue.Opaque;
import dev.lakelens.weights.PickleValue.Sequence;
import java.util.List;

/** The opcodes of a pickle that make and fill lists, tuples, dictionaries and sets. */
final class PickleCollections {
  private final PickleStack stack;
  private final WeightSource source;

  PickleCollections(PickleStack stack, WeightSource source) {
    this.stack = stack;
    this.source = source;
  }

  /** Whether the opcode is one of these; then it is done. */
  boolean run(int opcode) {
    return sequence(opcode) || set(opcode) || dictionary(opcode);
  }

  private boolean sequence(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark(); // MARK
      case ']', ')' -> stack.push(new Sequence()); // EMPTY_LIST, EMPTY_TUPLE
      case 'l', 't' -> stack.push(new Sequence(stack.popToMark())); // LIST, TUPLE
      case 0x85 -> stack.push(new Sequence(stack.pop(1))); // TUPLE1
      case 0x86 -> stack.push(new Sequence(stack.pop(2))); // TUPLE2
      case 0x87 -> stack.push(new Sequence(stack.pop(3))); // TUPLE3
      case 'a' -> append(stack.pop(1)); // APPEND
      case 'e' -> append(stack.popToMark()); // APPENDS
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Sets are passed over. */
  private boolean set(int opcode) {
    switch (opcode) {
      case 0x8f -> stack.push(Opaque.VALUE); // EMPTY_SET
      case 0x90 -> stack.popToMark(); // ADDITEMS
      case 0x91 -> { // FROZENSET
        stack.popToMark();
        stack.push(Opaque.VALUE);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean dictionary(int opcode) {
    switch (opcode) {
      case '}' -> stack.push(new Dictionary()); // EMPTY_DICT
      case 'd' -> { // DICT
        List<Object> items = stack.popToMark();
        stack.push(new Dictionary());
        put(items);
      }
      case 's' -> put(stack.pop(2)); // SETITEM
      case 'u' -> put(stack.popToMark()); // SETITEMS
      default -> {
        return false;
      }
    }
    return true;
  }

  private void append(List<Object> items) {
    Object list = stack.top();
    if (list instanceof Sequence sequence) {
      sequence.items().addAll(items);
    } else {
      requireOpaque(list);
    }
  }

  private void put(List<Object> items) {
    Object target = stack.top();
    if (target instanceof Dictionary dictionary) {
      source.require(items.size() % 2 == 0, "its pickle has a key without a value");
      for (int i = 0; i < items.size(); i += 2) {
        dictionary.put(items.get(i), items.get(i + 1));
      }
    } else {
      requireOpaque(target);
    }
  }

  /** Objects that are passed over may have items. */
  private void requireOpaque(Object value) {
    source.require(value == Opaque.VALUE, "its pickle adds items to what has none");
  }
}
