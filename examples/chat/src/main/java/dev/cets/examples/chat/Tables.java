package dev.cets.examples.chat;

import dev.cets.CetsNode;
import dev.cets.OrderedSetTable;
import dev.cets.Ownership;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * All that the nodes share. What lives with a node (sessions, rooms, servers) is hidden when it
 * dies, since that is what tables do by default; what belongs to everybody is kept.
 */
record Tables(
    SetTable<String, Session> sessions,
    SetTable<String, Room> rooms,
    SetTable<String, Server> servers,
    OrderedSetTable<Line.Key, Line> lines,
    SetTable<String, Secret> secrets) {

  /** Somebody who is here, under a name that nobody else has meanwhile. */
  record Session(String name, String id, String room, String node, Instant since) {}

  /** A room has one node that looks after it. */
  record Room(String name, String home) {}

  /** Where browsers find a node. */
  record Server(String node, String url) {}

  /** Something that was said; of a room in the order of time. */
  record Line(String room, Instant at, String session, String from, String text) {
    record Key(String room, Instant at, String session) implements Comparable<Key> {
      private static final Comparator<Key> ORDER =
          Comparator.comparing(Key::room).thenComparing(Key::at).thenComparing(Key::session);

      @Override
      public int compareTo(Key other) {
        return ORDER.compare(this, other);
      }
    }

    Key key() {
      return new Key(room, at, session);
    }
  }

  /** Something random that all nodes know, and nobody else. */
  record Secret(String use, Instant made, String value) {
    /** Of nodes that began apart each has made one. Who asks for the earliest is of one opinion. */
    static Secret earliest(List<Secret> secrets) {
      return secrets.stream()
          .min(Comparator.comparing(Secret::made).thenComparing(Secret::value))
          .orElseThrow();
    }
  }

  static Tables open(CetsNode node) {
    return new Tables(
        node.open(TableSpec.set("sessions", String.class, Session.class, Session::name)),
        node.open(TableSpec.set("rooms", String.class, Room.class, Room::name)),
        node.open(TableSpec.set("servers", String.class, Server.class, Server::node)),
        node.open(
            TableSpec.orderedSet("lines", Line.Key.class, Line.class, Line::key)
                .ownership(Ownership.KEEP)),
        node.open(
            TableSpec.set("secrets", String.class, Secret.class, Secret::use)
                .ownership(Ownership.KEEP)
                .resolver(Secret::earliest)));
  }
}
