package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.Defect;
import dev.cets.replication.Event.FrameRefused;
import dev.cets.replication.Event.StaleRefused;
import dev.cets.replication.Net.Delivery;
import dev.cets.replication.Net.Node;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes, it does no harm: refused and told, or what a message of a peer could do. */
@Timeout(120)
class HostileFramesTest {
  private static final int FRAMES = 20_000;
  private static final int FRAMES_EACH = 50;

  /** Two peers and the node that is attacked, in the midst of what nodes do with each other. */
  private static final class Scene {
    final Net net = new Net();
    final Node a = net.node("a").open(false);
    final Node b = net.node("b").open(false);
    final Node c = net.node("c").open(false);
    final List<byte[]> toB = new ArrayList<>();

    /** Of b, if it is known to be so still. */
    private @Nullable List<Object> state;

    /** Plays so many steps. */
    Scene(int steps) {
      net.transcribes = false;
      net.loses =
          delivery -> {
            ByteBuffer frame = delivery.frame();
            if (delivery.to() == b && frame != null) {
              toB.add(Frames.bytes(frame));
            }
            return false;
          };
      a.write("k=1", "l=2", "m=3");
      c.write("k=4", "n=5");
      net.connect(a, b);
      net.connect(c, b);
      int left = run(steps);
      a.write("k=6", "l", "o=7");
      b.write("k=8", "p=9");
      c.write("n=10", "k");
      left = run(left);
      b.table().compare();
      a.table().compare();
      a.write("q=11");
      b.write("m");
      left = run(left);
      net.pass(Duration.ofSeconds(1));
      List.of(a, b, c).forEach(Node::tick);
      run(left);
    }

    private int run(int steps) {
      int left = steps;
      while (left > 0 && net.step()) {
        left--;
      }
      return left;
    }

    Net.End end(Random random) {
      return net.end(b, random.nextInt(3) == 0 ? c : a);
    }

    /** Gives it to the node; says whether it was refused. */
    boolean refused(Net.End from, byte[] frame, String what) {
      List<Object> before = state == null ? b.state() : state;
      b.events.clear();
      try {
        b.now();
        b.core.received(from, ByteBuffer.wrap(frame));
        b.core.flush();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(what + ": " + HexFormat.of().formatHex(frame), e);
      }
      assertThat(b.told(Defect.class)).as(what).isEmpty();
      boolean refused =
          !b.told(FrameRefused.class).isEmpty() || !b.told(StaleRefused.class).isEmpty();
      if (refused) {
        assertThat(b.events).as(what).hasSize(1);
        List<Object> after = b.state();
        if (!after.equals(before)) { // the description alone would take half of the time
          assertThat(after).as("%s: %s", what, b.events).isEqualTo(before);
        }
      }
      state = refused ? before : null;
      return refused;
    }

    boolean isUp(Net.End end) {
      return end.closed() == null;
    }
  }

  private static Scene whole() {
    return new Scene(Integer.MAX_VALUE);
  }

  private static List<byte[]> corpus() {
    List<byte[]> frames = new ArrayList<>(whole().toB);
    for (long seed = 0; seed < 3; seed++) {
      RandomMessages random = new RandomMessages(seed);
      random.messages().forEach(message -> frames.add(Frames.of(message)));
      random.linkMessages().forEach(message -> frames.add(Frames.of(1, 1, message)));
      frames.add(
          Frames.of(1, 1, 1, random.writes(new Incarnation("a", 1)), new Incarnation("a", 1)));
    }
    return frames;
  }

  @Test
  void received_randomBytes_eachIsRefusedAndTold() {
    Random random = new Random(1);
    Scene scene = whole();
    for (int i = 0; i < FRAMES; i++) {
      byte[] bytes = new byte[random.nextInt(random.nextInt(200) + 1)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 1; // so that it gets past the version
        bytes[1] = (byte) random.nextInt(30);
      }
      assertThat(scene.refused(scene.end(random), bytes, "seed 1, frame " + i)).isTrue();
    }
  }

  @Test
  void received_mutatedFrames_eachIsRefusedAndTold() {
    Random random = new Random(2);
    List<byte[]> corpus = corpus();
    Scene scene = whole();
    for (int i = 0; i < FRAMES; i++) {
      byte[] valid = corpus.get(random.nextInt(corpus.size()));
      byte[] bytes = Frames.mutated(valid, 0, corpus, random);
      if (!Arrays.equals(bytes, Frames.summed(bytes.clone()))) {
        assertThat(scene.refused(scene.end(random), bytes, "seed 2, frame " + i)).isTrue();
      }
    }
  }

  @Test
  void received_mutatedBodies_refusedOrWhatAMessageCanDo() {
    List<byte[]> corpus = corpus();
    int refused = 0;
    for (int seed = 0; seed < FRAMES / FRAMES_EACH; seed++) {
      Random random = new Random(seed);
      Scene scene = new Scene(random.nextInt(80));
      for (int i = 0; i < FRAMES_EACH; i++) {
        List<byte[]> likely = scene.toB.isEmpty() || random.nextInt(4) == 0 ? corpus : scene.toB;
        byte[] valid = likely.get(random.nextInt(likely.size()));
        byte[] bytes = Frames.summed(Frames.mutated(valid, 6, corpus, random));
        Net.End end = scene.end(random);
        if (scene.isUp(end) && scene.refused(end, bytes, "seed " + seed + ", frame " + i)) {
          refused++;
        }
      }
    }
    assertThat(refused).isBetween(FRAMES / 10, FRAMES * 9 / 10);
  }

  @Test
  void received_mutatedBodies_noVersionStandsTwice() {
    List<byte[]> corpus = corpus();
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Scene scene = new Scene(random.nextInt(80));
      for (int i = 0; i < FRAMES_EACH; i++) {
        List<byte[]> likely = scene.toB.isEmpty() ? corpus : scene.toB;
        byte[] valid = likely.get(random.nextInt(likely.size()));
        byte[] bytes = Frames.summed(Frames.mutated(valid, 6, corpus, random));
        Net.End end = scene.end(random);
        if (scene.isUp(end)) {
          scene.b.core.received(end, ByteBuffer.wrap(bytes));
        }
        versionsAreUnique(scene.b, "seed " + seed + ", frame " + i);
      }
    }
  }

  private static void versionsAreUnique(Node node, String when) {
    node.store.forEach(
        live -> {
          Set<VersionId> names = new HashSet<>();
          for (int i = 0; i < live.count(); i++) {
            Version<Note> version = live.version(i);
            assertThat(names.add(new VersionId(version.origin().incarnation(), version.stamp())))
                .as("%s: %s", when, version)
                .isTrue();
          }
        });
  }

  @Test
  void received_framesOfTheSceneInAnyOrder_neverThrow() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Scene scene = new Scene(random.nextInt(80));
      List<Delivery> underWay = scene.net.underWay();
      for (int i = 0; i < 20 && !underWay.isEmpty(); i++) {
        Delivery any = underWay.get(random.nextInt(underWay.size()));
        ByteBuffer frame = any.frame();
        if (frame != null && any.to() == scene.b) {
          scene.refused(any.end(), Frames.bytes(frame), "seed " + seed + ", frame " + i);
        }
      }
    }
  }
}
