/**
 * Public checkpoints: a catalogue of them, the local shelf that holds whole and verified files, and
 * the way from the one to the other.
 */
package dev.lakelens.shelf;
