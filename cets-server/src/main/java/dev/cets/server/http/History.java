package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.Conflict;
import dev.cets.NodeDown;
import dev.cets.server.json.JsonRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What has happened to this node's tables since it began, as far as it is worth a look later: the
 * last {@value #MAX} conflicts and the last {@value #MAX} losses of nodes. Safe for use by several
 * threads.
 */
public final class History {
  static final int MAX = 100;

  /** A record may be large; so much of its text is kept. */
  static final int MAX_CHARS = 1000;

  private final InstantSource clock;
  private final Deque<ObjectNode> conflicts = new ArrayDeque<>();
  private final Deque<ObjectNode> losses = new ArrayDeque<>();

  /** Empty. */
  public History() {
    this(InstantSource.system());
  }

  History(InstantSource clock) {
    this.clock = clock;
  }

  /** A table lost a node. */
  public void lost(NodeDown down) {
    add(
        losses,
        Json.object()
            .put("at", now())
            .put("node", down.node())
            .put("table", down.table())
            .put("leads", down.leads()));
  }

  /** A key was found in conflict. */
  public void found(Conflict<String, JsonRecord> conflict) {
    ObjectNode json =
        Json.object().put("at", now()).put("table", conflict.table()).put("key", conflict.key());
    ArrayNode versions = json.putArray("versions");
    for (Conflict.Version<JsonRecord> version : conflict.versions()) {
      String text = version.record().toString();
      versions
          .addObject()
          .put("node", version.node())
          .put("incarnation", version.incarnation())
          .put("writtenAt", version.writtenAt().toString())
          .put("text", shortened(text))
          .put("cut", text.length() > MAX_CHARS);
    }
    add(conflicts, json);
  }

  /** Half a character at the end could not be written. */
  private static String shortened(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    return text.substring(0, end);
  }

  private String now() {
    return Instant.ofEpochMilli(clock.millis()).toString();
  }

  private synchronized void add(Deque<ObjectNode> list, ObjectNode entry) {
    list.addLast(entry);
    if (list.size() > MAX) {
      list.removeFirst();
    }
  }

  /** The latest first. Entries do not change any more. */
  synchronized ObjectNode json() {
    ObjectNode json = Json.object();
    latestFirst(conflicts, json.putArray("conflicts"));
    latestFirst(losses, json.putArray("nodeDowns"));
    return json;
  }

  private static void latestFirst(Deque<ObjectNode> list, ArrayNode array) {
    for (Iterator<ObjectNode> entries = list.descendingIterator(); entries.hasNext(); ) {
      array.add(entries.next());
    }
  }
}
