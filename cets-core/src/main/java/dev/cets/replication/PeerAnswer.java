package dev.cets.replication;

import java.util.List;
import java.util.Map;

/**
 * What a peer that was asked for its status said.
 *
 * @param figures by name, lists of texts; empty if it said nothing
 * @param silence why it said nothing, or empty
 */
public record PeerAnswer(Map<String, List<String>> figures, String silence) {
  static PeerAnswer of(Map<String, List<String>> figures) {
    return new PeerAnswer(figures, "");
  }

  static PeerAnswer silent(String reason) {
    return new PeerAnswer(Map.of(), reason);
  }
}
