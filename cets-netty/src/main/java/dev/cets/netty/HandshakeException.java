package dev.cets.netty;

import java.io.Serial;

/** What a peer sent is no handshake of ours. The message completes "the peer ...". */
final class HandshakeException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  HandshakeException(String message) {
    super(message);
  }

  HandshakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
