package dev.lakelens.network;

/**
 * How large a network is.
 *
 * @param parameters that training changes
 * @param parametersWithoutClassifier the same without the dense layer
 * @param statistics means and variances of batch normalisation
 * @param macs multiply-accumulates of convolutions and the dense layer, for one image
 * @param blocks MBConv blocks
 * @param kerasLayers layers as Keras counts them, without its top
 * @param kerasLayersWithTop the same with pool, dropout and dense
 */
public record Counts(
    long parameters,
    long parametersWithoutClassifier,
    long statistics,
    long macs,
    int blocks,
    int kerasLayers,
    int kerasLayersWithTop) {

  static Counts of(Architecture architecture, int inputSize, int classes) {
    int layers = KerasLayers.of(architecture);
    return new Counts(
        architecture.parameters(classes),
        architecture.parameters(0),
        Parameters.statistics(architecture),
        Macs.of(architecture, inputSize, classes),
        architecture.blocks().size(),
        layers,
        layers + KerasLayers.TOP);
  }
}
