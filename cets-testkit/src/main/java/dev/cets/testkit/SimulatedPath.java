package dev.cets.testkit;

/** The way from one address to another, and what is wrong with it now. */
final class SimulatedPath {
  private boolean cut;
  private long delayNanos;
  private int framesToLose;
  private int framesToDuplicate;
  private int framesToDamage;

  boolean isCut() {
    return cut;
  }

  void cut(boolean nothingPasses) {
    cut = nothingPasses;
  }

  long delayNanos() {
    return delayNanos;
  }

  void delay(long nanos) {
    delayNanos = nanos;
  }

  void lose(int frames) {
    framesToLose = frames;
  }

  void duplicate(int frames) {
    framesToDuplicate = frames;
  }

  void damage(int frames) {
    framesToDamage = frames;
  }

  /** Is the next frame that arrives to be damaged? */
  boolean damagesNext() {
    if (framesToDamage > 0) {
      framesToDamage--;
      return true;
    }
    return false;
  }

  /** How often the next frame is to arrive: 0, 1 or 2 times. */
  int arrivals() {
    if (framesToLose > 0) {
      framesToLose--;
      return 0;
    }
    if (framesToDuplicate > 0) {
      framesToDuplicate--;
      return 2;
    }
    return 1;
  }

  void mend() {
    cut = false;
    delayNanos = 0;
    framesToLose = 0;
    framesToDuplicate = 0;
    framesToDamage = 0;
  }
}
