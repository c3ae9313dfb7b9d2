package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.call;
import static dev.lakelens.weights.Pickles.dictionary;
import static dev.lakelens.weights.Pickles.floats;
import static dev.lakelens.weights.Pickles.global;
import static dev.lakelens.weights.Pickles.integer;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.pickle;
import static dev.lakelens.weights.Pickles.storage;
import static dev.lakelens.weights.Pickles.tensor;
import static dev.lakelens.weights.Pickles.text;
import static dev.lakelens.weights.Pickles.tuple;
import static dev.lakelens.weights.TorchFileTest.assertTensor;
import static dev.lakelens.weights.TorchFileTest.buffer;
import static dev.lakelens.weights.TorchFileTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names in a pickle may stand for. */
class TorchObjectsTest {
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";
  private static final String NONE = "N";
  private static final String STORAGE = storage("FloatStorage", "0", 2);
  private static final String TENSOR = tensor(STORAGE, 0, integers(2), integers(1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cposix\nsystem\n(X\u0002\0\0\0lstR.", // REDUCE
        "(cposix\nsystem\nX\u0002\0\0\0lso.", // OBJ
        "(X\u0002\0\0\0lsiposix\nsystem\n.", // INST
        "\u008c\u0005posix\u008c\u0006system\u0093\u008c\u0002ls\u0085R.", // STACK_GLOBAL
        "ctorch._tensor\n_rebuild_from_type_v2\n(cposix\nsystem\nN(X\u0002\0\0\0lst}tR."
      })
  void callsNoFunctionOfTheSystem(String program) {
    refuses(Zips.torch(pickle(program), floats(1)))
        .hasMessage("w calls posix.system, which no weight file needs; it was not run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "builtins eval",
        "builtins exec",
        "builtins getattr",
        "builtins __import__",
        "builtins open",
        "__builtin__ eval",
        "torch load",
        "torch.hub load",
        "torch.storage _load_from_bytes",
        "collections OrderedDict.__init__",
        "types FunctionType",
        "types CodeType",
        "functools partial",
        "operator attrgetter",
        "numpy load",
        "numpy.core.multiarray fromfile",
        "pathlib Path.unlink",
        "_codecs decode",
        "runpy run_path",
        "torch float",
        "torch.FloatStorage __new__"
      })
  void callsNothingThatItDoesNotKnow(String function) {
    refuses(Zips.torch(pickle(call(function, text("1 + 1"))), floats(1)))
        .hasMessage(
            "w calls %s, which no weight file needs; it was not run", function.replace(' ', '.'));
  }

  @Test
  void refusesUnknownNamesThatAreNotCalled() {
    byte[] pickle =
        pickle(dictionary(text("f"), global("os system"), text("g"), global("sys exit")));

    refuses(Zips.torch(pickle, floats(1)))
        .hasMessage(
            "w names os.system, which no weight file needs; save the model's state_dict alone");
  }

  /** The names that checkpoints hold beside their tensors, in the words of several versions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "_codecs encode",
        "argparse Namespace",
        "builtins set",
        "__builtin__ set",
        "datetime datetime",
        "numpy.core.multiarray scalar",
        "numpy._core.multiarray scalar",
        "numpy.core.multiarray _reconstruct",
        "numpy._core.multiarray _reconstruct",
        "numpy dtype",
        "pathlib PosixPath",
        "pathlib._local PosixPath",
        "torch Size",
        "torch bfloat16",
        "torch device",
        "torch.torch_version TorchVersion",
        "types SimpleNamespace",
        "lightning_fabric.utilities.data AttributeDict"
      })
  void passesOverWhatIsNoTensor(String name) {
    byte[] pickle =
        pickle(dictionary(text("w"), TENSOR, text("f"), call(name), text("g"), global(name)));

    assertThat(TorchFile.read(buffer(Zips.torch(pickle, floats(2))), "w").tensors())
        .containsOnlyKeys("w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch._utils _rebuild_tensor",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        "torch._utils _rebuild_parameter_with_state",
        "torch._tensor _rebuild_from_type_v2"
      })
  void makesTensors(String function) {
    String made =
        switch (function.substring(function.indexOf("_rebuild_"))) {
          case "_rebuild_tensor", "_rebuild_tensor_v2" ->
              call(function, STORAGE, integer(0), integers(2), integers(1));
          case "_rebuild_from_type_v2" ->
              call(
                  function,
                  global("torch._utils _rebuild_tensor_v2"),
                  global("torch Tensor"),
                  tuple(STORAGE, integer(0), integers(2), integers(1)),
                  dictionary());
          default -> call(function, TENSOR, "\u0088", dictionary(), dictionary());
        };
    byte[] file = Zips.torch(pickle(dictionary(text("w"), made)), floats(2));

    assertTensor(TorchFile.read(buffer(file), "w"), "w", List.of(2), 0, 1);
  }

  /** PyTorch has no storages of these types: it writes bytes. */
  @ParameterizedTest
  @CsvSource({
    "uint16, 2",
    "uint32, 4",
    "uint64, 8",
    "float8_e4m3fn, 1",
    "float8_e5m2, 1",
    "float8_e8m0fnu, 1"
  })
  void namesTensorsOfBytesAsTheyAreTyped(String type, int size) {
    String bytes = storage("UntypedStorage", "0", 3L * size);
    byte[] fits = typed(bytes, 3, type);

    assertThat(TorchFile.read(buffer(Zips.torch(fits, new byte[3 * size])), "w").others())
        .containsExactly("w");
    refuses(Zips.torch(typed(bytes, 4, type), new byte[3 * size]))
        .hasMessageStartingWith(DAMAGED + "w [4] with strides [1] from element 0 lies outside");
  }

  @Test
  void refusesWhatMakesNoTensor() {
    refusesValue(call("torch._utils _rebuild_parameter"), "a parameter without a tensor");
    refusesValue(call("torch._utils _rebuild_parameter", NONE), "a parameter without a tensor");
    refusesValue(
        call(
            "torch._tensor _rebuild_from_type_v2", global("torch._utils _rebuild_tensor_v2"), NONE),
        "a tensor of no known function");
    refusesValue(
        call("torch._utils _rebuild_tensor_v3", STORAGE, integer(0), integers(2), integers(1)),
        "a tensor of no known type");
    refusesValue(
        call("torch._utils _rebuild_tensor_v2", STORAGE, integer(0), integers(2)),
        "a tensor without storage, offset, shape and strides");
    refusesValue(
        call("torch._utils _rebuild_tensor_v2", STORAGE, integer(0), integers(2), integers(1, 1)),
        "a tensor without storage, offset, shape and strides");
  }

  @Test
  void refusesOtherThingsOutsideThePickle() {
    refuses(Zips.torch(pickle(tuple(text("thing"), global("torch Size")), "Q"), floats(1)))
        .hasMessage(DAMAGED + "its pickle names something outside it that is no storage");
  }

  @Test
  void refusesAStorageOfTwoLengthsOrTypes() {
    for (String other : List.of(storage("FloatStorage", "0", 3), storage("IntStorage", "0", 2))) {
      refuses(Zips.torch(pickle(tuple(STORAGE, other)), floats(2)))
          .hasMessage(DAMAGED + "its storage 0 has two types or lengths");
    }
  }

  /** 64 dimensions are PyTorch's limit. */
  @Test
  void boundsDimensions() {
    long[] most = new long[64];
    long[] more = new long[65];

    assertThat(
            TorchFile.read(
                    buffer(Zips.torch(pickle(dictionary(text("w"), shaped(most))), floats(2))), "w")
                .tensors())
        .containsOnlyKeys("w");
    refuses(Zips.torch(pickle(dictionary(text("w"), shaped(more))), floats(2)))
        .hasMessage(
            DAMAGED + "its pickle makes a tensor without storage, offset, shape and strides");
  }

  private static String shaped(long[] dimensions) {
    return tensor(STORAGE, 0, integers(dimensions), integers(dimensions));
  }

  private static byte[] typed(String storage, long elements, String type) {
    return pickle(
        dictionary(
            text("w"),
            call(
                "torch._utils _rebuild_tensor_v3",
                storage,
                integer(0),
                integers(elements),
                integers(1),
                "\u0089",
                dictionary(),
                global("torch " + type))));
  }

  private static void refusesValue(String value, String made) {
    refuses(Zips.torch(pickle(dictionary(text("w"), value)), floats(2)))
        .hasMessage(DAMAGED + "its pickle makes " + made);
  }
}
