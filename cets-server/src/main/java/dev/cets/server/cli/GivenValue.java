package dev.cets.server.cli;

/**
 * The value of an option that was not given on the command line.
 *
 * @param text the value
 * @param place where it was given, such as {@code node.yaml:3} or {@code CETS_PORT}
 */
record GivenValue(String text, String place) {
  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(place + ": " + why);
  }
}
