package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/** A node's attributes by name. */
final class Attributes {
  private Attributes() {}

  static long integer(NodeProto node, String name, long absent) {
    return find(node, name).map(AttributeProto::getI).orElse(absent);
  }

  static double number(NodeProto node, String name, double absent) {
    return find(node, name).map(attribute -> (double) attribute.getF()).orElse(absent);
  }

  static List<Long> integers(NodeProto node, String name) {
    return find(node, name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  static Optional<AttributeProto> find(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }
}
