package dev.cets.bench.footprint;

import dev.cets.bench.member.Item;
import org.openjdk.jol.info.GraphPathRecord;

/** What the heap of a table is made of. */
enum Part {
  RECORD("record", "the application's object: two references"),
  KEY("its key", "a `String`: reference, hash, coder"),
  KEY_BYTES("the key's bytes", "a `byte[]` of 9 to 10 letters"),
  VALUE("the record's value", "a `byte[]` of 48"),
  ENTRY(
      "entry",
      "of ours: owner, stamp, hash of the encoded key, key, record; what digests and conflicts need"),
  INDEX("index", "of ours: 8 bytes for each place, of which 1/2 to 3/4 are taken"),
  BUCKETS("buckets", "of ours: which entries a digest is of; arrays of some 16 with room to grow"),
  REST("rest", "the same for all records together");

  private static final String ENTRY_CLASS = "dev.cets.table.Entry";

  private final String title;
  private final String why;

  Part(String title, String why) {
    this.title = title;
    this.why = why;
  }

  String title() {
    return title;
  }

  String why() {
    return why;
  }

  /** The part of a store that an object belongs to. */
  static Part of(GraphPathRecord object) {
    String path = object.path();
    if (object.klass() == Item.class) {
      return RECORD;
    }
    if (object.klass() == String.class && path.endsWith(".key")) {
      return KEY;
    }
    if (path.endsWith(".key.value")) {
      return KEY_BYTES;
    }
    if (path.endsWith(".record.value")) {
      return VALUE;
    }
    if (object.klass().getName().equals(ENTRY_CLASS)) {
      return ENTRY;
    }
    if (path.startsWith(".entries")) {
      return INDEX;
    }
    return path.startsWith(".buckets") ? BUCKETS : REST;
  }
}
