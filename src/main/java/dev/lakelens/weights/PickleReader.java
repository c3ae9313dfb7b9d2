package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import dev.lakelens.weights.PickleValue.Global;
import dev.lakelens.weights.PickleValue.Sequence;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a Python pickle of any protocol without running it. A pickle is a program that may name any
 * function of Python and call it; here a name stays a name, and what a call would have made is
 * decided by {@link Objects}, which knows a few.
 *
 * <p>The opcodes are those of Python's {@code pickletools}.
 */
final class PickleReader {
  private static final int MAX_OPCODES = 1 << 20;
  private static final int MAX_NAME = 512; // characters of a module, a class or a function

  /** Decides what calls make. */
  interface Objects {
    /** What a function or class gives for arguments. */
    Object call(Global function, List<Object> arguments);

    /** A new object of a class. */
    Object instance(Global type, List<Object> arguments);

    /** The thing outside the pickle that an id stands for. */
    Object persistent(Object id);

    /** Called for every name, in the order of the file. */
    void named(Global global);
  }

  private final PickleInput in;
  private final PickleStack stack;
  private final PickleScalars scalars;
  private final PickleCollections collections;
  private final Objects objects;
  private final WeightSource source;

  /**
   * @param bytes read from its position on, which is moved to behind the pickle
   */
  PickleReader(ByteBuffer bytes, Objects objects, WeightSource source) {
    this.in = new PickleInput(bytes, source);
    this.stack = new PickleStack(source);
    this.scalars = new PickleScalars(in, stack);
    this.collections = new PickleCollections(stack, source);
    this.objects = objects;
    this.source = source;
  }

  /**
   * The pickle's value: a {@link PickleValue}, String, Long, Boolean, or what {@link Objects} made.
   *
   * @throws ModelException where the pickle is damaged, too large, or refused by {@link Objects}
   */
  Object read() {
    for (int count = 0; count < MAX_OPCODES; count++) {
      int at = in.position();
      int opcode = in.unsignedByte();
      if (opcode == '.') { // STOP
        return stack.pop();
      }
      if (!run(opcode)) {
        throw source.damaged("its pickle has the unknown opcode %d at byte %d", opcode, at);
      }
    }
    throw source.damaged("its pickle has over %d opcodes", MAX_OPCODES);
  }

  private boolean run(int opcode) {
    return scalars.run(opcode)
        || collections.run(opcode)
        || memory(opcode)
        || object(opcode)
        || framing(opcode);
  }

  private boolean framing(int opcode) {
    switch (opcode) {
      case 0x80 -> in.skip(1); // PROTO: an opcode means the same in every protocol that has it
      case 0x95 -> in.skip(Long.BYTES); // FRAME: a hint for those who read from a stream
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case '0' -> stack.pop(); // POP
      case '1' -> stack.popToMark(); // POP_MARK
      case '2' -> stack.push(stack.top()); // DUP
      case 'q' -> stack.remember(in.unsignedByte()); // BINPUT
      case 'r' -> stack.remember(in.unsignedInt()); // LONG_BINPUT
      case 0x94 -> stack.remember(); // MEMOIZE
      case 'p' -> stack.remember(decimal()); // PUT
      case 'h' -> stack.recall(in.unsignedByte()); // BINGET
      case 'j' -> stack.recall(in.unsignedInt()); // LONG_BINGET
      case 'g' -> stack.recall(decimal()); // GET
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case 'c' -> stack.push(global(in.line(MAX_NAME), in.line(MAX_NAME))); // GLOBAL
      case 0x93 -> stackGlobal(); // STACK_GLOBAL
      case 'Q' -> stack.push(objects.persistent(stack.pop())); // BINPERSID
      case 'P' -> stack.push(objects.persistent(in.line(MAX_NAME))); // PERSID
      case 'R' -> reduce(); // REDUCE
      case 'i' -> { // INST
        Global function = global(in.line(MAX_NAME), in.line(MAX_NAME));
        stack.push(objects.call(function, stack.popToMark()));
      }
      case 'o' -> { // OBJ: the function lies below its arguments
        List<Object> items = stack.popToMark();
        source.require(!items.isEmpty(), "its pickle makes an object of no class");
        stack.push(objects.call(function(items.get(0)), items.subList(1, items.size())));
      }
      case 0x81 -> instance(); // NEWOBJ
      case 0x92 -> { // NEWOBJ_EX: keyword arguments lie above the others
        stack.pop();
        instance();
      }
      case 'b' -> stack.pop(); // BUILD: attributes, as a dictionary's _metadata, are no tensors
      default -> {
        return false;
      }
    }
    return true;
  }

  private Global global(String module, String name) {
    Global global = new Global(module + "." + name);
    objects.named(global);
    return global;
  }

  private void stackGlobal() {
    Object name = stack.pop();
    Object module = stack.pop();
    if (!(name instanceof String n && module instanceof String m)
        || n.length() > MAX_NAME
        || m.length() > MAX_NAME) {
      throw source.damaged("its pickle names a class or function by other than short text");
    }
    stack.push(global(m, n));
  }

  private void reduce() {
    List<Object> arguments = arguments();
    stack.push(objects.call(function(stack.pop()), arguments));
  }

  private void instance() {
    List<Object> arguments = arguments();
    stack.push(objects.instance(function(stack.pop()), arguments));
  }

  private List<Object> arguments() {
    if (stack.pop() instanceof Sequence arguments) {
      return arguments.items();
    }
    throw source.damaged("its pickle calls a function without a list of arguments");
  }

  private Global function(Object value) {
    if (value instanceof Global function) {
      return function;
    }
    throw source.damaged("its pickle calls what is no function or class");
  }

  private long decimal() {
    String digits = in.line(MAX_NAME);
    source.require(digits.matches("[0-9]{1,9}"), "its pickle numbers a value %s", digits);
    return Long.parseLong(digits);
  }
}
