package dev.cets.server.demo;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each member holds of a table: the digest of its full dump and the number of its records.
 *
 * @param byMember the digest and number by the member's name
 */
record Replicas(Map<String, Replica> byMember) {
  record Replica(String digest, long records) {}

  static Replicas of(String table, List<Member> members) throws DaemonFailure {
    Map<String, Replica> replicas = new TreeMap<>();
    for (Member member : members) {
      DaemonClient client = member.client();
      replicas.put(
          member.name(), client == null ? new Replica("down", 0) : replica(client, table, ""));
    }
    return new Replicas(replicas);
  }

  static Replica replica(DaemonClient client, String table, String prefix) throws DaemonFailure {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      var lines = new LineCounter();
      try (var out = new DigestOutputStream(lines, digest)) {
        client.dump(table, Map.of("prefix", prefix), out);
      }
      return new Replica(HexFormat.of().formatHex(digest.digest()), lines.count);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("counting cannot fail", e);
    }
  }

  boolean equal() {
    return byMember.values().stream().distinct().count() == 1;
  }

  long records() {
    return byMember.values().stream().mapToLong(Replica::records).max().orElse(0);
  }

  /** In words: who has how many. */
  String describe() {
    Map<String, String> words = new TreeMap<>();
    byMember.forEach(
        (name, r) ->
            words.put(name, r.records() + " records, digest " + r.digest().substring(0, 4)));
    return words.toString();
  }

  private static final class LineCounter extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count += b == '\n' ? 1 : 0;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
    }
  }
}
