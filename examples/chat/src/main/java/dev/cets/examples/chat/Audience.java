package dev.cets.examples.chat;

import dev.cets.Change;
import dev.cets.ChangeListener;
import dev.cets.SnapshotListener;
import dev.cets.examples.chat.Message.Bye;
import dev.cets.examples.chat.Message.Came;
import dev.cets.examples.chat.Message.Gone;
import dev.cets.examples.chat.Message.Home;
import dev.cets.examples.chat.Message.People;
import dev.cets.examples.chat.Message.Person;
import dev.cets.examples.chat.Message.Said;
import dev.cets.examples.chat.Message.Servers;
import dev.cets.examples.chat.Tables.Line;
import dev.cets.examples.chat.Tables.Room;
import dev.cets.examples.chat.Tables.Server;
import dev.cets.examples.chat.Tables.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who of this node is in which room, and what they are told. All of it comes from the tables'
 * listeners, whichever node has written: nodes send each other nothing but tables.
 */
final class Audience {
  /** Who is told; MUST NOT block. After a {@link Bye} nothing counts any more. */
  interface Recipient extends Consumer<Message> {}

  private final Tables tables;

  /** Of all nodes, by room and name: an index that a listener keeps. */
  private final Map<String, Map<String, Session>> people = new HashMap<>();

  /** Of this node, by room. */
  private final Map<String, Map<Session, Recipient>> here = new HashMap<>();

  Audience(Tables tables) {
    this.tables = tables;
    // They end with the tables.
    var unused =
        List.of(
            tables.sessions().subscribe(new PeopleListener()),
            tables.lines().listen(new LineListener()),
            tables.rooms().listen(new RoomListener()),
            tables.servers().listen(new ServerListener()));
  }

  /** Tells the recipient all about the room, and what comes from now on. */
  synchronized void join(Session session, Recipient recipient) {
    here.computeIfAbsent(session.room(), room -> new HashMap<>()).put(session, recipient);
    recipient.accept(servers());
    recipient.accept(home(session.room()));
    recipient.accept(People.of(people.getOrDefault(session.room(), Map.of()).values()));
    history(session.room()).forEach(recipient);
    endIfReplaced(session, recipient);
  }

  /** Tells the recipient nothing more. */
  synchronized void leave(Session session) {
    Map<Session, Recipient> room = here.getOrDefault(session.room(), new HashMap<>());
    room.remove(session);
    if (room.isEmpty()) {
      here.remove(session.room());
    }
  }

  /** In which somebody of this node is. */
  synchronized Set<String> rooms() {
    return Set.copyOf(here.keySet());
  }

  /** Is nobody in the room, of whichever node? */
  synchronized boolean isEmpty(String room) {
    return !people.containsKey(room) && !here.containsKey(room);
  }

  private Servers servers() {
    return new Servers(
        tables.servers().stream().sorted((a, b) -> a.node().compareTo(b.node())).toList());
  }

  private Home home(String name) {
    Room room = tables.rooms().lookup(name);
    return new Home(room == null ? null : room.home());
  }

  private List<Said> history(String room) {
    return tables.lines().prefix(Line.Key::room, room).map(Said::of).toList();
  }

  private synchronized void tell(String room, Message message) {
    here.getOrDefault(room, Map.of()).values().forEach(to -> to.accept(message));
  }

  /** Somebody may come back with a token, or two may have had a name on two sides of a split. */
  private void endIfReplaced(Session session, Recipient recipient) {
    if (!session.equals(tables.sessions().lookup(session.name()))) {
      recipient.accept(new Bye("You are here from another place now."));
    }
  }

  /** Keeps the index in step, and the lists of who is there with it. */
  private final class PeopleListener implements SnapshotListener<String, Session> {
    @Override
    public void snapshot(List<Session> all) {
      synchronized (Audience.this) {
        people.clear();
        all.forEach(this::add);
        here.forEach(
            (room, recipients) -> {
              tell(room, People.of(people.getOrDefault(room, Map.of()).values()));
              recipients.forEach(Audience.this::endIfReplaced);
            });
      }
    }

    @Override
    public void changed(Change<String, Session> change) {
      synchronized (Audience.this) {
        Session before = change.oldRecord();
        Session after = change.newRecord();
        if (before != null) {
          remove(before);
          if (after == null || !after.room().equals(before.room())) {
            tell(before.room(), new Gone(before.name()));
          }
          Recipient recipient = here.getOrDefault(before.room(), Map.of()).get(before);
          if (recipient != null) {
            endIfReplaced(before, recipient);
          }
        }
        if (after != null) {
          add(after);
          tell(after.room(), new Came(Person.of(after)));
        }
      }
    }

    private void add(Session session) {
      people.computeIfAbsent(session.room(), room -> new TreeMap<>()).put(session.name(), session);
    }

    private void remove(Session session) {
      Map<String, Session> room = people.getOrDefault(session.room(), new HashMap<>());
      room.remove(session.name());
      if (room.isEmpty()) {
        people.remove(session.room());
      }
    }
  }

  /** A line is told on every node by its own listener. */
  private final class LineListener implements ChangeListener<Line.Key, Line> {
    @Override
    public void changed(Change<Line.Key, Line> change) {
      Line line = change.newRecord();
      if (line != null) {
        tell(line.room(), Said.of(line));
      }
    }

    @Override
    public void gap() {
      rooms().forEach(room -> history(room).forEach(said -> tell(room, said)));
    }
  }

  private final class RoomListener implements ChangeListener<String, Room> {
    @Override
    public void changed(Change<String, Room> change) {
      tell(change.key(), home(change.key()));
    }

    @Override
    public void gap() {
      rooms().forEach(room -> tell(room, home(room)));
    }
  }

  private final class ServerListener implements ChangeListener<String, Server> {
    @Override
    public void changed(Change<String, Server> change) {
      gap();
    }

    @Override
    public void gap() {
      rooms().forEach(room -> tell(room, servers()));
    }
  }
}
