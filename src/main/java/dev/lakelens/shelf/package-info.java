/**
 * Public checkpoints: a catalogue of them, the shelf that holds whole and verified files, here or
 * on any Hadoop file system, and the way from the one to the other.
 */
package dev.lakelens.shelf;
