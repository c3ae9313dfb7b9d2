/**
 * A name or a file to a model ready to run: those in the jar, those on the shelf, and people's own.
 */
package dev.lakelens.models;
