package dev.lakelens.weights;

import dev.lakelens.weights.PickleValue.Opaque;

/** The opcodes of a pickle that push one number, text or other plain value. */
final class PickleScalars {
  private static final int MAX_TEXT = 1 << 16; // bytes; longer text is no tensor's name

  private final PickleInput in;
  private final PickleStack stack;

  PickleScalars(PickleInput in, PickleStack stack) {
    this.in = in;
    this.stack = stack;
  }

  /** Whether the opcode is one of these; then it is done. */
  boolean run(int opcode) {
    return number(opcode) || text(opcode) || bytes(opcode);
  }

  private boolean number(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(Opaque.VALUE); // NONE
      case 0x88 -> stack.push(true); // NEWTRUE
      case 0x89 -> stack.push(false); // NEWFALSE
      case 'J' -> stack.push((long) in.signedInt()); // BININT
      case 'K' -> stack.push((long) in.unsignedByte()); // BININT1
      case 'M' -> stack.push((long) in.unsignedShort()); // BININT2
      case 0x8a -> integer(in.unsignedByte()); // LONG1
      case 0x8b -> integer(in.unsignedInt()); // LONG4
      case 'G' -> opaque(Double.BYTES); // BINFLOAT
      case 'I', 'L', 'F' -> opaqueLine(); // INT, LONG, FLOAT
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean text(int opcode) {
    switch (opcode) {
      case 'X', 'T' -> pushText(in.unsignedInt()); // BINUNICODE, BINSTRING
      case 0x8c, 'U' -> pushText(in.unsignedByte()); // SHORT_BINUNICODE, SHORT_BINSTRING
      case 0x8d -> pushText(in.signedLong()); // BINUNICODE8
      case 'S', 'V' -> opaqueLine(); // STRING, UNICODE
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean bytes(int opcode) {
    switch (opcode) {
      case 'C' -> opaque(in.unsignedByte()); // SHORT_BINBYTES
      case 'B' -> opaque(in.unsignedInt()); // BINBYTES
      case 0x8e, 0x96 -> opaque(in.signedLong()); // BINBYTES8, BYTEARRAY8
      default -> {
        return false;
      }
    }
    return true;
  }

  private void integer(long length) {
    if (length <= Long.BYTES) {
      stack.push(in.signed((int) length));
    } else {
      opaque(length);
    }
  }

  private void pushText(long length) {
    if (length <= MAX_TEXT) {
      stack.push(in.text((int) length));
    } else {
      opaque(length);
    }
  }

  private void opaque(long length) {
    in.skip(length);
    stack.push(Opaque.VALUE);
  }

  private void opaqueLine() {
    in.line(MAX_TEXT);
    stack.push(Opaque.VALUE);
  }
}
