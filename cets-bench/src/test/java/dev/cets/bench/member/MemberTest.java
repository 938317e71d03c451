package dev.cets.bench.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loops, over a system that is a map in this process. */
class MemberTest {
  private static final String REFUSED = Item.key(0);

  private final Map<String, Item> records = new ConcurrentHashMap<>();
  private final AtomicLong puts = new AtomicLong();
  private final Member member = new Member(InMemory::new);

  private final class InMemory implements SystemUnderTest, ReplicatedTable {
    @Override
    public void connect(int index, List<Integer> ports, int members) {
      assertThat(ports).hasSizeGreaterThanOrEqualTo(members);
    }

    @Override
    public ReplicatedTable open(TableKind kind) {
      return this;
    }

    @Override
    public void close() {
      records.clear();
    }

    @Override
    public void put(Item item) {
      puts.incrementAndGet();
      records.put(item.key(), item);
    }

    @Override
    public void putMany(List<Item> items) {
      items.forEach(this::put);
    }

    @Override
    public CompletableFuture<?> putAsync(Item item) {
      put(item);
      return CompletableFuture.completedFuture(item);
    }

    @Override
    public boolean putNew(Item item) {
      if (item.key().equals(REFUSED)) {
        throw new IllegalArgumentException("never this one");
      }
      return records.putIfAbsent(item.key(), item) == null;
    }

    @Override
    public void delete(String key) {
      records.remove(key);
    }

    @Override
    public Stream<Item> items() {
      return records.values().stream();
    }

    @Override
    public Outcome outcome(Throwable failure) {
      return failure instanceof IllegalArgumentException ? Outcome.REFUSED : Outcome.FAILED;
    }

    @Override
    public long mended() {
      return 7;
    }

    @Override
    public int size() {
      return records.size();
    }

    @Override
    public @Nullable Object get(String key) {
      return records.get(key);
    }

    @Override
    public int firstByte(String key) {
      Item item = records.get(key);
      return item == null ? -1 : item.value()[0];
    }
  }

  private String[] opened(String line) {
    assertThat(member.answer("connect 0 1,2 2")).isEqualTo("ok");
    assertThat(member.answer("open set")).startsWith("ok ");
    return words(line);
  }

  private String[] words(String line) {
    return member.answer(line).split(" ", -1);
  }

  private byte[] valueOf(String key) {
    return Objects.requireNonNull(records.get(key)).value();
  }

  @Test
  void load_someRecords_areThereWithTheirValue() {
    assertThat(opened("load 0 2500")).containsExactly("ok");
    assertThat(records).hasSize(2_500).containsKey("key-2499");
    member.answer("rewrite 0 10");
    assertThat(valueOf("key-9")).hasSize(48).startsWith(1);
    assertThat(valueOf("key-10")).startsWith(0);
  }

  @Test
  void round_insertSync1_countsWhatWasWritten() {
    String[] words = opened("round insert_sync_1 20");

    assertThat(words[0]).isEqualTo("ok");
    assertThat(Long.parseLong(words[1])).isEqualTo(puts.get()).isPositive();
    assertThat(Long.parseLong(words[2])).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  void round_insertSync64_allWritersCount() {
    assertThat(Long.parseLong(opened("round insert_sync_64 50")[1])).isEqualTo(puts.get());
  }

  @Test
  void round_insertMany100_countsRecords() {
    assertThat(Long.parseLong(opened("round insert_many_100 20")[1]))
        .isEqualTo(puts.get())
        .isGreaterThanOrEqualTo(100);
  }

  @Test
  void round_readOfAnAbsentKey_failsInsteadOfCounting() {
    assertThat(String.join(" ", opened("round get_set 20")))
        .startsWith("failed ")
        .contains("no key");
  }

  @Test
  void round_whatTheSystemLacks_saysWhy() {
    assertThat(opened("round range_100 20")[0]).isEqualTo("none");
  }

  @Test
  void awaitSize_recordsAreThere_answersWhen() {
    long before = System.nanoTime();
    opened("load 0 10");
    long then = Long.parseLong(words("await-size 10")[1]);

    assertThat(then).isBetween(before, System.nanoTime());
  }

  @Test
  void pacedWrites_stopped_tellTheirSlowTime() {
    opened("paced-start 1000");
    while (puts.get() < 5) {
      Thread.onSpinWait();
    }
    String[] words = words("paced-stop");

    assertThat(words[0]).isEqualTo("ok");
    assertThat(Long.parseLong(words[1])).isPositive();
    assertThat(Long.parseLong(words[2])).isEqualTo(puts.get());
  }

  @Test
  void load_withASize_valuesHaveIt() {
    opened("load 0 10 100");

    assertThat(valueOf("key-9")).hasSize(100);
  }

  @Test
  void contents_sameRecords_sameWordsAndOthersForAnyOther() {
    opened("load 0 10");
    String before = member.answer("contents");
    member.answer("rewrite 3 4");
    String changed = member.answer("contents");
    member.answer("load 0 10");

    assertThat(before).startsWith("ok 10 ").isNotEqualTo(changed);
    assertThat(member.answer("contents")).isEqualTo(before);
  }

  @Test
  void churn_untilStopped_everyWriterWritesWithinTheKeys() {
    String[] written = opened("churn-start 5 1");
    while (Stream.of(written).skip(1).anyMatch("0"::equals) || written.length < 7) {
      written = words("written");
    }
    member.answer("churn-stop");
    String stopped = member.answer("written");

    assertThat(written).hasSize(7); // ok, four callers, one that does not wait, one of bulk
    assertThat(records.keySet()).isSubsetOf("key-0", "key-1", "key-2", "key-3", "key-4");
    assertThat(member.answer("written")).isEqualTo(stopped);
  }

  @Test
  void vitals_afterAChurn_tellWhatBecameOfItsCalls() {
    opened("churn-start 1 1");
    Vitals vitals = vitals();
    while (vitals.refused() == 0) {
      vitals = vitals();
    }
    member.answer("churn-stop");

    assertThat(vitals.heapBytes()).isPositive();
    assertThat(vitals.written()).isPositive();
    assertThat(vitals.unknown()).isZero();
    assertThat(vitals.failed()).isZero();
    assertThat(vitals.mended()).isEqualTo(7);
    assertThat(vitals.deadlocked()).isZero();
    assertThat(member.answer("failure")).isEqualTo("ok");
  }

  private Vitals vitals() {
    return Vitals.of(member.answer("vitals").substring("ok ".length()).split(" "));
  }

  @Test
  void peak_afterItsStart_isNoLessThanWhatIsLive() {
    long live = Long.parseLong(words("peak-start")[1]);
    String[] peak = words("peak");

    assertThat(Long.parseLong(peak[1])).isGreaterThanOrEqualTo(live);
    assertThat(Long.parseLong(peak[2])).isGreaterThanOrEqualTo(Long.parseLong(peak[3]));
  }

  @Test
  void answer_lineThatIsUnknown_failsInOneLine() {
    assertThat(member.answer("dance")).startsWith("failed dance").doesNotContain("\n");
  }
}
