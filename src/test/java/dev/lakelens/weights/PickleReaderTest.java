package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.pickle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.weights.PickleValue.Dictionary;
import dev.lakelens.weights.PickleValue.Global;
import dev.lakelens.weights.PickleValue.Opaque;
import dev.lakelens.weights.PickleValue.Sequence;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every opcode, by Python's {@code pickletools}. */
class PickleReaderTest {
  private static final WeightSource SOURCE = new WeightSource("w", "a PyTorch file");
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";

  /** A value stands before what is tested, so that an opcode which takes too much is seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`K\u00ff`|255", // BININT1
        "`M\u00fe\u00ff`|65534", // BININT2
        "`J\u00fe\u00ff\u00ff\u00ff`|-2", // BININT
        "`\u008a\0`|0", // LONG1
        "`\u008a\u0002\0\u0080`|-32768",
        "`\u008a\u0002\u00ff\u007f`|32767",
        "`\u008a\u0009123456789`|-",
        "`\u008b\u0002\0\0\0\u0001\u0002`|513", // LONG4
        "`I7\n`|-", // INT, LONG, FLOAT
        "`L7L\n`|-",
        "`F0.5\n`|-",
        "`G12345678`|-", // BINFLOAT
        "`N`|-",
        "`\u0088`|true",
        "`\u0089`|false",
        "`X\u0002\0\0\0ab`|ab", // BINUNICODE, BINSTRING and their short and long forms
        "`T\u0002\0\0\0ab`|ab",
        "`U\u0002ab`|ab",
        "`\u008c\u0002ab`|ab",
        "`\u008d\u0002\0\0\0\0\0\0\0ab`|ab",
        "`Sab\n`|-", // STRING, UNICODE
        "`Vab\n`|-",
        "`C\u0002ab`|-", // BINBYTES, its short and long forms, BYTEARRAY8
        "`B\u0002\0\0\0ab`|-",
        "`\u008e\u0002\0\0\0\0\0\0\0ab`|-",
        "`\u0096\u0002\0\0\0\0\0\0\0ab`|-"
      })
  void pushesScalars(String program, String value) {
    assertReads(program, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`]`|[]", // EMPTY_LIST, EMPTY_TUPLE
        "`)`|[]",
        "`(K\u0001K\u0002l`|[1, 2]", // LIST, TUPLE
        "`(K\u0001K\u0002t`|[1, 2]",
        "`K\u0001\u0085`|[1]", // TUPLE1, TUPLE2, TUPLE3
        "`K\u0001K\u0002\u0086`|[1, 2]",
        "`K\u0001K\u0002K\u0003\u0087`|[1, 2, 3]",
        "`]K\u0001a`|[1]", // APPEND, APPENDS
        "`](K\u0001K\u0002e`|[1, 2]",
        "`N(K\u0001K\u0002e`|-",
        "`\u008f`|-", // EMPTY_SET, ADDITEMS, FROZENSET
        "`\u008f(K\u0001K\u0002\u0090`|-",
        "`(K\u0001K\u0002\u0091`|-",
        "`}`|{}", // EMPTY_DICT, DICT, SETITEM, SETITEMS
        "`(K\u0001K\u0002d`|{1=2}",
        "`}K\u0001K\u0002s`|{1=2}",
        "`}(K\u0001K\u0002K\u0003K\u0004u`|{1=2, 3=4}",
        "`}(NK\u0002NK\u0004u`|{?=2, ?=4}",
        "`NK\u0001K\u0002s`|-"
      })
  void makesCollections(String program, String value) {
    assertReads(program, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`K\u0001K\u00020`|1", // POP, POP_MARK
        "`K\u0001(K\u0002K\u00031`|1",
        "`K\u00012\u0086`|[1, 1]", // DUP
        "`K\u0001q\u00030h\u0003`|1", // BINPUT, BINGET and their long forms
        "`K\u0001r\u0001\u0001\u0001\u00010j\u0001\u0001\u0001\u0001`|1",
        "`K\u0001p16843009\n0j\u0001\u0001\u0001\u0001`|1", // PUT, GET
        "`K\u0001q\u00030g3\n`|1",
        "`K\u0001\u0094K\u0002\u009400h\0h\u0001\u0086`|[1, 2]" // MEMOIZE
      })
  void remembersValues(String program, String value) {
    assertReads(program, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`cos\nsystem\n`|os.system", // GLOBAL, STACK_GLOBAL
        "`\u008c\u0002os\u008c\u0006system\u0093`|os.system",
        "`ccollections\nOrderedDict\n)R`|{}", // REDUCE, INST, OBJ, NEWOBJ, NEWOBJ_EX
        "`(icollections\nOrderedDict\n`|{}",
        "`(ccollections\nOrderedDict\no`|{}",
        "`(ccollections\nOrderedDict\n](K\u0001K\u0002\u0086eo`|{1=2}",
        "`ccollections\nOrderedDict\n)\u0081`|{}",
        "`ccollections\nOrderedDict\n)}\u0092`|{}",
        "`ccollections\ndefaultdict\n)R`|{}",
        "`ccollections\nCounter\n)R`|{}",
        "`ccollections\nOrderedDict\n](K\u0001K\u0002\u0086e\u0085R`|{1=2}",
        "`}}b`|{}", // BUILD
        "`\u0080\u0004K\u0001`|1", // PROTO, FRAME
        "`\u0095\u0002\0\0\0\0\0\0\0K\u0001`|1"
      })
  void makesObjects(String program, String value) {
    assertReads(program, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`0`|its pickle takes from an empty stack",
        "`t`|its pickle has no mark where one is needed",
        "`}(0`|its pickle takes from an empty stack",
        "`}N(0`|its pickle takes from an empty stack",
        "`NR`|its pickle calls a function without a list of arguments",
        "`N)R`|its pickle calls what is no function or class",
        "`)R`|its pickle takes from an empty stack",
        "`(o`|its pickle makes an object of no class",
        "`hA`|its pickle recalls value 65, which is not there",
        "`K\u0001p1234567890\n`|its pickle numbers a value 1234567890",
        "`K\u0001p-1\n`|its pickle numbers a value -1",
        "`X\u00ff\u00ff\u00ff\u007f`|its pickle ends early",
        "`\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff`|its pickle ends early",
        "`X\u0001\0\0\0\u00ff`|its pickle has text that is not UTF-8",
        "`}(Nu`|its pickle has a key without a value",
        "`KK(NNu`|its pickle adds items to what has none",
        "`NN\u0093`|its pickle names a class or function by other than short text",
        "`NQ`|its pickle names something outside it that is no storage",
        "`P0\n`|its pickle names something outside it that is no storage",
        "`ccollections\nOrderedDict\n](K\u0001\u0085e\u0085R`|"
            + "its pickle makes a dictionary of other than pairs",
        "`ccollections\nOrderedDict\n](Ne\u0085R`|its pickle makes a dictionary of other than pairs",
        "`\u00ff`|its pickle has the unknown opcode 255 at byte 2"
      })
  void refusesPicklesThatAreNone(String program, String fault) {
    refuses(program).hasMessageStartingWith(DAMAGED + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "N, stacks over 262144 values",
    "(, sets over 262144 marks",
    "N0, has over 1048576 opcodes"
  })
  void boundsPickles(String repeated, String fault) {
    refuses(repeated.repeat((1 << 20) + 1)).hasMessageStartingWith(DAMAGED + "its pickle " + fault);
  }

  @Test
  void boundsNames() {
    String longest = "n".repeat(512);

    assertReads("c" + longest + "\n" + longest + "\n", longest + "." + longest);
    refuses("cn" + longest + "\nname\n")
        .hasMessage(DAMAGED + "its pickle has a name without an end at byte 3");
    refuses(Pickles.text("m") + Pickles.text("n" + longest) + "\u0093")
        .hasMessage(DAMAGED + "its pickle names a class or function by other than short text");
    refuses(Pickles.text("m" + longest) + Pickles.text("n") + "\u0093")
        .hasMessage(DAMAGED + "its pickle names a class or function by other than short text");
  }

  /** No tensor has a name so long: the text is passed over. */
  @Test
  void boundsTexts() {
    String longest = "t".repeat(1 << 16);

    assertReads(Pickles.text(longest), longest);
    assertReads(Pickles.text(longest + "t"), "-");
  }

  private static void assertReads(String program, String value) {
    assertThat(text(read("K\u0007" + program + "\u0086"))).isEqualTo("[7, " + value + "]");
  }

  private static AbstractThrowableAssert<?, ?> refuses(String program) {
    return assertThatThrownBy(() -> read(program)).isInstanceOf(ModelException.class);
  }

  private static Object read(String program) {
    return new PickleReader(ByteBuffer.wrap(pickle(program)), new TorchObjects(SOURCE), SOURCE)
        .read();
  }

  private static String text(Object value) {
    if (value instanceof Sequence sequence) {
      return sequence.items().stream().map(PickleReaderTest::text).toList().toString();
    }
    if (value instanceof Dictionary dictionary) {
      return dictionary.entries().stream()
          .map(item -> key(item.getKey()) + "=" + text(item.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Global global) {
      return global.name();
    }
    return value == Opaque.VALUE ? "-" : String.valueOf(value);
  }

  private static String key(Object key) {
    return key instanceof String || key instanceof Long ? key.toString() : "?";
  }
}
