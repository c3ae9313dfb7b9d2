package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Set;

/** Names of values and nodes: those of our contract, and those that a file gave. */
final class Names {
  static final String INPUT = "input";
  static final String EMBEDDING = "embedding";
  static final String LOGITS = "logits";

  /** Begins the names of what an adapter adds between them. */
  static final String OURS = "lakelens/";

  private static final String FILES = "file/";
  private static final Set<String> CONTRACT = Set.of(INPUT, EMBEDDING, LOGITS);

  private Names() {}

  /** The same graph, where all names of the contract and of the adapter are free. */
  static GraphProto free(GraphProto graph) {
    GraphProto.Builder renamed = graph.toBuilder().clearValueInfo().clearQuantizationAnnotation();
    renamed.getInputBuilderList().forEach(Names::rename);
    renamed.getOutputBuilderList().forEach(Names::rename);
    renamed.getInitializerBuilderList().forEach(t -> t.setName(free(t.getName())));
    renamed.getNodeBuilderList().forEach(Names::rename);
    return renamed.build();
  }

  /** Another name for each name, since none that is kept begins with {@link #FILES}. */
  private static String free(String name) {
    boolean taken = CONTRACT.contains(name) || name.startsWith(OURS) || name.startsWith(FILES);
    return taken ? FILES + name : name;
  }

  private static void rename(ValueInfoProto.Builder value) {
    value.setName(free(value.getName()));
  }

  private static void rename(NodeProto.Builder node) {
    node.setName(free(node.getName()));
    for (int i = 0; i < node.getInputCount(); i++) {
      node.setInput(i, free(node.getInput(i)));
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      node.setOutput(i, free(node.getOutput(i)));
    }
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        attribute.setG(free(attribute.getG()));
      }
      for (int i = 0; i < attribute.getGraphsCount(); i++) {
        attribute.setGraphs(i, free(attribute.getGraphs(i)));
      }
    }
  }
}
