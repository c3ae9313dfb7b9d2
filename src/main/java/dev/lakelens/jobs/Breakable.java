package dev.lakelens.jobs;

/** A command of which something is to be said where it is interrupted or fails. */
interface Breakable {

  /** What then holds, a sentence. */
  String whereItBreaksOff();
}
