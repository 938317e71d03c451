package dev.cets.server.top;

/**
 * A line of a frame.
 *
 * @param text what it says; without control characters
 * @param mood what a colour may stress
 */
public record Line(String text, Mood mood) {
  /** What a line is about. */
  public enum Mood {
    /** Nothing to stress. */
    PLAIN,
    /** The head of what stands below. */
    HEAD,
    /** Something is under way. */
    BUSY,
    /** Something is wrong. */
    BAD
  }

  /** What other nodes wrote could steer a terminal. */
  public Line {
    text = text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Its first characters. */
  public Line cut(int width) {
    return text.length() <= width ? this : new Line(text.substring(0, width), mood);
  }
}
