package dev.cets.testkit;

/** stub */
public final class Stub {
  private Stub() {}
}
