package dev.cets.bench;

/** The entry point. */
public final class Main {
  private Main() {}

  /** Runs. */
  public static void main(String[] args) {}
}
