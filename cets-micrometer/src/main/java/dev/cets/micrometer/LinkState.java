package dev.cets.micrometer;

/** The states of a link, as a tag tells them. */
enum LinkState {
  JOINED,
  JOINING,
  LINKING,
  /** There is no link: no such table there, or it does not match. */
  NONE;

  static LinkState of(String text) {
    return switch (text) {
      case "joined" -> JOINED;
      case "joining" -> JOINING;
      case "linking" -> LINKING;
      default -> NONE;
    };
  }
}
