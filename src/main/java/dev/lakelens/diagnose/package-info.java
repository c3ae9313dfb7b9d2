/** Whether a model does what it should. */
package dev.lakelens.diagnose;
