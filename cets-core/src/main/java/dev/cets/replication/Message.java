package dev.cets.replication;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other. One record, one meaning, one handler. Those about nodes stand alone;
 * those about a table's link carry the attempts of both sides, see {@link LinkMessage}.
 */
sealed interface Message {
  /**
   * Who is speaking; the first frame in both directions.
   *
   * @param oldestVersion of the wire format that the sender understands
   * @param newestVersion of the wire format that the sender understands
   * @param gone the incarnations that are given up for good: this start and all before it, by name
   * @param capabilities bits; unknown ones are ignored
   */
  record Greeting(
      int oldestVersion,
      int newestVersion,
      String cluster,
      Incarnation incarnation,
      long clockMillis,
      Map<String, Long> gone,
      long capabilities)
      implements Message {
    /** The capability of a node that looks for others by itself. */
    static final long DISCOVERS = 1;

    /** The capability of a node that answers {@link AskStatus}. */
    static final long TELLS_STATUS = 2;

    /** The capability of a node that another has let in. */
    static final long ACCEPTED = 4;
  }

  /** Why the other cannot be accepted; the connection ends. */
  record Refusal(String reason) implements Message {}

  /** The other's start is not later than one known of its name: it must go beyond it. */
  record StartTaken(long highest) implements Message {}

  /** I live. And for each open link what went out on it, in case that it was lost on the way. */
  record Beat(long clockMillis, List<Sent> sent) implements Message {
    /**
     * About one link.
     *
     * @param stamp of the last write
     * @param pulled whether the sender's pull has ended
     * @param joined whether the sender has joined
     * @param nodes a hash of the names of the nodes to which the sender replicates the table, or 0
     *     while it joins with somebody
     */
    record Sent(long to, long from, long stamp, boolean pulled, boolean joined, long nodes) {}
  }

  /** This incarnation ends here, on purpose. */
  record Leaving() implements Message {}

  /** These incarnations, and all before them of their names, will not come back. */
  record GivenUp(Map<String, Long> gone) implements Message {}

  /** A run of the receiver's name that began then is connected here, and lives. */
  record Replaced(long start) implements Message {}

  /** A node of the receiver's name was here first, and lives at this address. */
  record NameTaken(String address) implements Message {}

  /** How do you see the cluster? */
  record AskStatus(long id) implements Message {}

  /**
   * So.
   *
   * @param figures lists of texts by name; unknown names are ignored
   */
  record TellStatus(long id, Map<String, List<String>> figures) implements Message {}

  /**
   * Proposes or confirms a link.
   *
   * @param mine the sender's attempt
   * @param yours the receiver's attempt as the sender knows it, or 0
   */
  record Hello(String table, String fingerprint, long mine, long yours) implements Message {}

  /**
   * Answers a hello that cannot lead to a link.
   *
   * @param yours the attempt of the hello
   * @param reason null if there is no table of this name
   */
  record HelloRefused(String table, long yours, @Nullable String reason) implements Message {}

  /** What was sent to a link that is no more. */
  record Stale(long to, long from) implements Message {}

  /** A message on a link. */
  record OnLink<K, R>(long to, long from, LinkMessage<K, R> message) implements Message {}
}
