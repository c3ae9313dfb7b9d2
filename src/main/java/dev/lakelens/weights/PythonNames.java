package dev.lakelens.weights;

import java.util.Set;

/**
 * Names of Python that checkpoints hold beside their tensors, and whose objects are passed over.
 */
final class PythonNames {
  private static final Set<String> HARMLESS =
      Set.of(
          "_codecs.encode",
          "argparse.Namespace",
          "datetime.date",
          "datetime.datetime",
          "datetime.time",
          "datetime.timedelta",
          "datetime.timezone",
          "numpy._core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy._core.numeric._frombuffer",
          "numpy.core.multiarray._reconstruct",
          "numpy.core.multiarray.scalar",
          "numpy.core.numeric._frombuffer",
          "numpy.dtype",
          "numpy.ndarray",
          "pathlib.Path",
          "pathlib.PosixPath",
          "pathlib.PurePosixPath",
          "pathlib.PureWindowsPath",
          "pathlib.WindowsPath",
          "pathlib._local.PosixPath",
          "pathlib._local.WindowsPath",
          "torch.Size",
          "torch.Tensor",
          "torch.device",
          "torch.nn.parameter.Buffer",
          "torch.nn.parameter.Parameter",
          "torch.torch_version.TorchVersion",
          "types.SimpleNamespace",
          // the settings in checkpoints of PyTorch Lightning
          "lightning.fabric.utilities.data.AttributeDict",
          "lightning_fabric.utilities.data.AttributeDict",
          "pytorch_lightning.utilities.parsing.AttributeDict");

  /** Plain types, in the module's names of Python 3 and 2. */
  private static final Set<String> BUILTINS =
      Set.of(
          "bool",
          "bytearray",
          "bytes",
          "complex",
          "dict",
          "float",
          "frozenset",
          "int",
          "list",
          "range",
          "set",
          "slice",
          "str",
          "tuple");

  private static final Set<String> DTYPES =
      Set.of(
          "bfloat16",
          "bool",
          "complex128",
          "complex64",
          "float16",
          "float32",
          "float64",
          "int16",
          "int32",
          "int64",
          "int8",
          "uint8");

  private PythonNames() {}

  /** Whether a class, function or constant makes or is a value that no tensor needs. */
  static boolean isHarmless(String name) {
    return HARMLESS.contains(name)
        || isIn(name, "builtins.", BUILTINS)
        || isIn(name, "__builtin__.", BUILTINS)
        || isIn(name, "torch.", DTYPES);
  }

  private static boolean isIn(String name, String module, Set<String> names) {
    return name.startsWith(module) && names.contains(name.substring(module.length()));
  }
}
