/** Whether a model does what it should, and how fast a job is. */
package dev.lakelens.diagnose;
