package dev.cets.examples.chat;

import dev.cets.OrderedSetTable;
import dev.cets.SetTable;
import dev.cets.examples.chat.Tables.Line;
import dev.cets.examples.chat.Tables.Room;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Each room has one home: whichever node was first to claim it. When that dies, its claim is
 * hidden, so another node can claim the room anew. The home does what one node has to do for all.
 */
final class Rooms {
  /** So many lines of a room are kept. */
  static final int HISTORY = 100;

  /** For so long after the last one, if nobody is in the room. */
  static final Duration KEPT_EMPTY = Duration.ofHours(1);

  /** Who cannot be asked now is asked again at the next look. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String node;
  private final SetTable<String, Room> rooms;
  private final OrderedSetTable<Line.Key, Line> lines;
  private final Audience audience;
  private final InstantSource clock;

  Rooms(String node, Tables tables, Audience audience, InstantSource clock) {
    this.node = node;
    this.rooms = tables.rooms().withDeadline(PATIENCE);
    this.lines = tables.lines().withDeadline(PATIENCE);
    this.audience = audience;
    this.clock = clock;
  }

  /** Claims the room for this node, unless another one is its home. Blocks, for 3 s at most. */
  void claim(String room) {
    if (!rooms.contains(room)) {
      var unused = rooms.insertNew(new Room(room, node));
    }
  }

  /** Does what is due; to be called each second. Blocks. */
  void look() {
    Set<String> wanted = new HashSet<>(audience.rooms());
    if (rooms.leader().equals(node)) { // one node is enough
      wanted.addAll(roomsWithLines());
    }
    wanted.forEach(this::claim);
    rooms.select(room -> room.home().equals(node)).forEach(this::tend);
  }

  /** From room to room, without a look at their lines. */
  private Set<String> roomsWithLines() {
    Set<String> found = new HashSet<>();
    for (Line line = lines.first(); line != null; line = lines.next(end(line.room()))) {
      found.add(line.room());
    }
    return found;
  }

  /** Behind all lines of a room. */
  static Line.Key end(String room) {
    return new Line.Key(room, Instant.MAX, "");
  }

  private void tend(Room room) {
    List<Line.Key> keys = lines.prefix(Line.Key::room, room.name()).map(Line::key).toList();
    if (keys.size() > HISTORY) {
      lines.deleteMany(keys.subList(0, keys.size() - HISTORY));
    }
    if (audience.isEmpty(room.name()) && (keys.isEmpty() || isOld(keys.getLast()))) {
      lines.deleteMany(keys);
      rooms.deleteObject(room);
    }
  }

  private boolean isOld(Line.Key key) {
    return key.at().plus(KEPT_EMPTY).isBefore(clock.instant());
  }
}
