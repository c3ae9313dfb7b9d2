package dev.lakelens.jobs;

import dev.lakelens.model.Counted;
import dev.lakelens.network.BlockRow;
import dev.lakelens.network.Counts;
import dev.lakelens.network.Description;
import dev.lakelens.network.TableRow;
import java.util.Locale;

/** A network as tables for people. */
final class DescriptionText {
  private final Description description;
  private final StringBuilder text = new StringBuilder();

  DescriptionText(Description description) {
    this.description = description;
    head();
    table();
    parts();
    blocks();
    counts();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void head() {
    line(
        "EfficientNet %s: width %.1f, depth %.1f, input %d x %d, %s, dropout %.1f, %s",
        description.variant(),
        description.width(),
        description.depth(),
        description.inputSize(),
        description.inputSize(),
        description.activation(),
        description.dropout(),
        Counted.classes(description.classes()));
    line("in timm    %s", String.join(", ", description.timm()));
  }

  private void table() {
    line("%nstage  operator                stride  resolution  channels  layers");
    for (TableRow row : description.table()) {
      line(
          "%5d  %-22s  %6d  %10s  %,8d  %6d",
          row.stage(),
          row.operator(),
          row.stride(),
          row.resolution() + " x " + row.resolution(),
          row.channels(),
          row.layers());
    }
  }

  private void parts() {
    line("%nstem          %s", String.join(", ", description.stem()));
    line("final layers  %s", String.join(", ", description.finalLayers()));
    line("sub-blocks    1 the first of all: depthwise, no expansion, no skip");
    line("              2 the first of any other stage: expansion, perhaps a stride, no skip");
    line("              3 a repeat: drop connect and the skip");
    line("modules       1 depthwise; 2 expansion, padding, depthwise; 3 squeeze-and-excitation;");
    line("              4 project; 5 project, drop connect, add");
  }

  private void blocks() {
    line(
        "%nblock        kind  modules  kernel  stride     in  inside    out   SE  resolution"
            + "  skip  drop");
    for (BlockRow block : description.blocks()) {
      line(
          "%-11s  %4d  %-7s  %6d  %6d  %5d  %6d  %5d  %3d  %10s  %-4s  %.4f",
          block.name(),
          block.kind(),
          block.modules().toString().replaceAll("[\\[\\] ]", ""),
          block.kernel(),
          block.stride(),
          block.in(),
          block.expanded(),
          block.out(),
          block.squeezed(),
          block.resolution() + " > " + block.outputResolution(),
          block.skip() ? "yes" : "no",
          block.dropConnect());
    }
  }

  private void counts() {
    Counts counts = description.counts();
    line("%nparameters           %,d", counts.parameters());
    line("without classifier   %,d", counts.parametersWithoutClassifier());
    line("BatchNorm statistics %,d", counts.statistics());
    line("multiply-adds        %,d", counts.macs());
    line("embedding            %,d", description.features());
    line("blocks               %d", counts.blocks());
    line("layers, as in Keras  %d, with top %d", counts.kerasLayers(), counts.kerasLayersWithTop());
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "%n", values));
  }
}
