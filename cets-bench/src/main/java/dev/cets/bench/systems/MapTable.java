package dev.cets.bench.systems;

import dev.cets.bench.member.Item;
import dev.cets.bench.member.ReplicatedTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A peer's table is a map from keys to values. */
class MapTable implements ReplicatedTable {
  final Map<String, byte[]> map;

  MapTable(Map<String, byte[]> map) {
    this.map = map;
  }

  @Override
  public void put(Item item) {
    map.put(item.key(), item.value());
  }

  @Override
  public void putMany(List<Item> items) {
    Map<String, byte[]> many = HashMap.newHashMap(items.size());
    for (Item item : items) {
      many.put(item.key(), item.value());
    }
    map.putAll(many);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public @Nullable Object get(String key) {
    return map.get(key);
  }

  @Override
  public int firstByte(String key) {
    byte[] value = map.get(key);
    return value == null ? -1 : value[0];
  }
}
