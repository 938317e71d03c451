package dev.cets.jgroups;

import java.io.Serial;

/** What a member of the channel sent is no packet of ours. */
final class BadPacketException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BadPacketException(String message) {
    super(message);
  }

  BadPacketException(String message, Throwable cause) {
    super(message, cause);
  }
}
