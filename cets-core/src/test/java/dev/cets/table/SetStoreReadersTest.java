package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers between the steps of the writing thread: its steps are taken while a reader holds an
 * entry that it has just read from the map, and has not looked at yet.
 */
class SetStoreReadersTest {
  /** After each read of an entry some of the writer's steps are taken before the reader goes on. */
  private static final class Interrupting implements EntryIndex<String, String> {
    private final EntryIndex<String, String> entries = new HashIndex<>(1);
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private int stepsPerRead;

    @Override
    public @Nullable Entry<String, String> get(String key) {
      Entry<String, String> read = entries.get(key);
      for (int i = 0; i < stepsPerRead && !steps.isEmpty(); i++) {
        steps.remove().run();
      }
      return read;
    }

    @Override
    public @Nullable Entry<String, String> put(Entry<String, String> entry) {
      return entries.put(entry);
    }

    @Override
    public @Nullable Entry<String, String> remove(String key) {
      return entries.remove(key);
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public void clear() {
      entries.clear();
    }

    @Override
    public Iterator<Entry<String, String>> iterator() {
      return entries.iterator();
    }

    @Override
    public Stream<Entry<String, String>> stream() {
      return entries.stream();
    }
  }

  private final Interrupting entries = new Interrupting();
  private final SetStore<String, String> store = new SetStore<>(entries, null, null);
  private final Origin a = Origins.shown("a", 1);
  private final Origin b = Origins.shown("b", 1);

  private void put(Origin owner, long stamp) {
    store.set(
        "key", 1, entries.entries.get("key"), owner, stamp, "of " + owner.incarnation().name());
  }

  private @Nullable String lookUp(int stepsPerRead, Runnable... steps) {
    entries.stepsPerRead = stepsPerRead;
    entries.steps.addAll(List.of(steps));
    String read = store.lookup("key");
    entries.stepsPerRead = 0;
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void lookup_recordPassesToAnotherOwnerAndTheFirstIsHidden_isNeverMissed(int stepsPerRead) {
    put(a, 1);

    String read = lookUp(stepsPerRead, () -> put(b, 2), () -> store.show(a, false));

    assertThat(read).isIn("of a", "of b");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void lookup_recordGoesBackAndForthBetweenOwnersThatHide_isNeverMissed(int stepsPerRead) {
    put(a, 1);

    String read =
        lookUp(
            stepsPerRead,
            () -> put(b, 2),
            () -> store.show(a, false),
            () -> store.show(a, true),
            () -> put(a, 3),
            () -> store.show(b, false));

    assertThat(read).isIn("of a", "of b");
  }
}
