/**
 * A model and everything that must not be separated from it: card, preprocessing, labels,
 * fingerprint. Nothing else in the house knows a mean, a standard deviation or a crop.
 */
package dev.lakelens.model;
