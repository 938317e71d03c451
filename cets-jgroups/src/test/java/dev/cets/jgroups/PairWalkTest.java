package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.jgroups.UnreliableChannel.Member;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jgroups.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks over losses, doubled messages, views that lie, and restarts. */
class PairWalkTest {
  private static final int STEPS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void walk_lossesAndFlaps_framesAreAPrefixAndAllConnectInTheEnd(long seed) {
    UnreliableChannel channel = new UnreliableChannel(seed);
    Random random = new Random(-seed);
    for (String name : List.of("a", "b", "c", "d")) {
      channel.join(name);
    }
    channel.fullView();
    channel.doubled = 0.02;

    long ended = 0;
    for (int step = 0; step < STEPS; step++) {
      act(channel, random);
      channel.run(Duration.ofMillis(random.nextInt(400)));
      for (Member member : channel.members()) {
        assertThat(member.told.wrong).as("seed %d, step %d", seed, step).isEmpty();
      }
    }
    for (Member member : channel.members()) {
      ended += member.told.ends.size();
    }

    channel.lost = (from, to) -> false;
    channel.doubled = 0;
    channel.fullView();
    channel.run(Duration.ofSeconds(60));
    for (Member member : channel.members()) {
      member.on(() -> member.told.sendOnAll(1, 1)); // what was lost last shows now
    }
    channel.run(Duration.ofSeconds(60));
    for (Member member : channel.members()) {
      assertThat(member.told.open).as("seed %d: %s", seed, member.told.ends).hasSize(3);
      member.told.received = 0;
      member.on(() -> member.told.sendOnAll(1, 1));
    }
    channel.run(Duration.ofSeconds(1));
    for (Member member : channel.members()) {
      assertThat(member.told.received).isEqualTo(3);
      assertThat(member.told.wrong).isEmpty();
    }
    assertThat(ended).as("connections that ended").isGreaterThan(10);
  }

  private static void act(UnreliableChannel channel, Random random) {
    Member one = channel.members().get(random.nextInt(4));
    Member other = channel.members().get(random.nextInt(4));
    switch (random.nextInt(12)) {
      case 0 -> channel.lost = (from, to) -> from.equals(one) && to.equals(other);
      case 1 -> channel.lost = (from, to) -> from.equals(one) || to.equals(one);
      case 2 -> channel.lost = (from, to) -> random.nextInt(100) < 3;
      case 3, 4 -> channel.lost = (from, to) -> false;
      case 5 -> {
        Set<Address> view = new HashSet<>(channel.others(one));
        view.removeIf(any -> random.nextBoolean());
        one.view(view);
      }
      case 6 -> channel.fullView();
      case 7 -> {
        if (random.nextInt(4) == 0) {
          one.restart();
        }
      }
      case 8 -> one.on(() -> one.board().suspected(other.address, "for the walk"));
      case 9 ->
          one.on(() -> List.copyOf(one.told.open).forEach(each -> each.close("for the walk")));
      default -> one.on(() -> one.told.sendOnAll(random.nextInt(50), random.nextInt(20_000)));
    }
  }
}
