package dev.lakelens.shelf;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue as JSON: groups of checkpoints. A field that a checkpoint lacks is its group's, and
 * one that the group lacks is the default; {@code {architecture}}, {@code {name}}, {@code {tag}}
 * and {@code {digest}} in a name or URL stand for the fields of these names.
 */
final class CatalogueJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private CatalogueJson() {}

  static Catalogue read(String resource) {
    try (InputStream in = CatalogueJson.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + resource);
      }
      return catalogue(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's %s cannot be read".formatted(resource), e);
    }
  }

  private static Catalogue catalogue(JsonNode root) throws IOException {
    List<CatalogueEntry> entries = new ArrayList<>();
    for (JsonNode group : root.required("groups")) {
      ObjectNode shared = root.required("defaults").deepCopy();
      shared.setAll((ObjectNode) group);
      for (JsonNode model : shared.remove("models")) {
        ObjectNode fields = shared.deepCopy();
        fields.setAll((ObjectNode) model);
        CatalogueRow row = JSON.treeToValue(fields, CatalogueRow.class);
        entries.add(row.entry(root.required("parameters").required(row.architecture()).asLong()));
      }
    }
    return new Catalogue(entries);
  }
}
