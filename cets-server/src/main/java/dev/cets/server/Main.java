package dev.cets.server;

/** The entry point. */
public final class Main {
  private Main() {}

  /** Runs. */
  public static void main(String[] args) {}
}
