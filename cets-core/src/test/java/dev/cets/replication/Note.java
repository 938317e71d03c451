package dev.cets.replication;

import dev.cets.codec.Codecs;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.spi.Codec;
import dev.cets.wire.KeyHash;

/** The record of the tests' tables. */
record Note(String key, String text) {
  static final Codec<String> KEYS = Codecs.key(String.class);
  static final Codec<Note> NOTES = Codecs.value(Note.class);
  static final LinkCodec<String, Note> CODEC = new LinkCodec<>(KEYS, NOTES, KEYS);

  static TableDefinition<String, Note> table(String name, boolean keep) {
    return new TableDefinition<>(name, "set", keep, KEYS, NOTES);
  }

  static long hash(String key) {
    return KeyHash.of(KEYS.encode(key));
  }

  Item<String, Note> item() {
    return new Item<>(key, hash(key), KEYS.encode(key), this, NOTES.encode(this));
  }

  static Item<String, Note> itemOf(String key) {
    return new Item<>(key, hash(key), KEYS.encode(key), null, null);
  }
}
