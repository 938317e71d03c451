package dev.cets.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.examples.chat.Message.Bye;
import dev.cets.examples.chat.Message.Came;
import dev.cets.examples.chat.Message.Gone;
import dev.cets.examples.chat.Message.Home;
import dev.cets.examples.chat.Message.Person;
import dev.cets.examples.chat.Tables.Session;
import dev.cets.testkit.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real nodes in virtual time, which are cut off and die as the test wants it. */
class ChatUnderFaultsTest {
  private final SimulatedCluster cluster = new SimulatedCluster(42);
  private final Ear alice = new Ear();
  private final Ear bob = new Ear();

  @AfterEach
  void end() {
    cluster.close();
  }

  /** The chat of a node that runs. */
  private Chat chat(String node) {
    return new Chat(cluster.node(node), this::now);
  }

  private Instant now() {
    return Instant.parse("2026-11-30T12:00:00Z").plus(cluster.now());
  }

  private record Two(Chat paris, Chat oslo) {}

  /** Two nodes that have joined and agreed on a secret. */
  private Two two() {
    cluster.startAll("paris", "oslo");
    var two = new Two(chat("paris"), chat("oslo"));
    cluster.awaitJoined();
    two.paris.agree();
    two.oslo.agree();
    return two;
  }

  @Test
  void say_onOneNode_isHeardOnEveryNodeInTheRoomAlone() throws Exception {
    Two chat = two();
    Ear elsewhere = new Ear();
    Session speaker = chat.paris.enter("alice", "lobby", null, alice);
    chat.oslo.enter("bob", "lobby", null, bob);
    chat.oslo.enter("carol", "attic", null, elsewhere);

    chat.paris.say(speaker, "hello");

    cluster.await(
        () -> alice.said().equals(List.of("hello")) && bob.said().equals(List.of("hello")));
    assertThat(alice.heard()).contains(new Came(new Person("bob", "oslo")));
    assertThat(elsewhere.said()).isEmpty();
    assertThat(alice.heard()).doesNotContain(new Came(new Person("carol", "oslo")));
  }

  @Test
  void say_clockOfOneNodeIsBehind_comesAfterWhatItAnswers() throws Exception {
    cluster.startAll("paris", "oslo");
    Chat paris = chat("paris");
    Chat late = new Chat(cluster.node("oslo"), () -> now().minusSeconds(5));
    cluster.awaitJoined();
    paris.agree();
    Session asks = paris.enter("alice", "lobby", null, alice);
    Session answers = late.enter("bob", "lobby", null, bob);

    paris.say(asks, "what time is it?");
    late.say(answers, "five to twelve");

    Ear later = new Ear();
    paris.enter("carol", "lobby", null, later);
    assertThat(later.said()).containsExactly("what time is it?", "five to twelve");
  }

  @Test
  void node_killed_itsPeopleVanishAndItsRoomMoves() throws Exception {
    Two chat = two();
    chat.paris.enter("alice", "lobby", null, alice);
    chat.oslo.enter("bob", "lobby", null, bob);
    cluster.await(() -> bob.home().equals(new Home("paris")));

    cluster.crash("paris");
    cluster.awaitDown("oslo", "paris");
    cluster.await(() -> bob.heard().contains(new Gone("alice")));
    assertThat(bob.home()).isEqualTo(new Home(null));

    chat.oslo.look();
    cluster.await(() -> bob.home().equals(new Home("oslo")));
  }

  @Test
  void node_killed_isNotProposedToAnybody() throws Exception {
    Two chat = two();
    chat.paris.announce("http://paris/");
    chat.oslo.announce("http://oslo/");
    chat.oslo.enter("bob", "lobby", null, bob);
    cluster.await(() -> bob.servers().equals(List.of("oslo", "paris")));

    cluster.crash("paris");
    cluster.awaitDown("oslo", "paris");

    cluster.await(() -> bob.servers().equals(List.of("oslo")));
  }

  @Test
  void node_killed_whoWasThereGoesOnElsewhereUnderTheSameName() throws Exception {
    Two chat = two();
    chat.paris.enter("alice", "lobby", null, alice);
    cluster.crash("paris");
    cluster.awaitDown("oslo", "paris");

    Session goesOn = chat.oslo.enter("alice", "lobby", alice.token(), bob);

    assertThat(goesOn.node()).isEqualTo("oslo");
  }

  @Test
  void enter_nameIsTaken_isRefused() throws Exception {
    Two chat = two();
    chat.paris.enter("alice", "lobby", null, alice);
    assertThatThrownBy(() -> chat.oslo.enter("alice", "lobby", null, bob))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("The name 'alice' is taken");
    assertThatThrownBy(() -> chat.oslo.enter("alice", "lobby", alice.token() + "x", bob))
        .isInstanceOf(Refusal.class);
    chat.oslo.enter("bob", "lobby", alice.token(), bob);
    assertThat(bob.token()).isNotEqualTo(alice.token());
  }

  @Test
  void enter_sameToken_endsTheOldPlaceWhichTakesNothingWithIt() throws Exception {
    Two chat = two();
    Session first = chat.paris.enter("alice", "lobby", null, alice);

    Session second = chat.oslo.enter("alice", "lobby", alice.token(), bob);
    cluster.await(() -> !alice.heard(Bye.class).isEmpty());
    chat.paris.leave(first);
    cluster.awaitEqual();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(bob.heard(Bye.class)).isEmpty();
    assertThat(bob.heard()).doesNotContain(new Gone("alice"));
  }

  @Test
  void leave_whoHasLeft_isToldNothingMore() throws Exception {
    Two chat = two();
    Session leaves = chat.paris.enter("alice", "lobby", null, alice);
    Session speaker = chat.oslo.enter("bob", "lobby", null, bob);

    chat.paris.leave(leaves);
    cluster.await(() -> bob.heard().contains(new Gone("alice")));
    chat.oslo.say(speaker, "she is gone");
    cluster.awaitEqual();

    Ear later = new Ear();
    chat.paris.enter("carol", "lobby", null, later);
    assertThat(later.said()).containsExactly("she is gone");
    assertThat(alice.said()).isEmpty();
  }

  /** The name may be taken over between the login and the moment from which its owner is told. */
  @Test
  void join_nameWasTakenOverBefore_isToldSoAtOnce() {
    cluster.start("paris");
    Tables tables = Tables.open(cluster.node("paris"));
    Audience audience = new Audience(tables);
    Session first = new Session("alice", "id", "lobby", "paris", now());
    Session second = new Session("alice", "id", "lobby", "oslo", now());
    tables.sessions().insert(second);

    audience.join(first, alice);
    audience.join(second, bob);

    assertThat(alice.heard(Bye.class)).hasSize(1);
    assertThat(bob.heard(Bye.class)).isEmpty();
  }

  @Test
  void secret_madeOnTwoNodesThatBeganApart_isTheEarliestOnBoth() throws Exception {
    cluster.start("paris");
    cluster.start("oslo");
    Chat paris = chat("paris");
    Chat oslo = chat("oslo");
    paris.agree();
    cluster.run(Duration.ofSeconds(1));
    oslo.agree();
    paris.enter("alice", "lobby", null, alice);
    oslo.enter("bob", "lobby", null, bob);

    cluster.connect("paris", "oslo");
    cluster.awaitEqual();

    assertThat(oslo.enter("alice", "lobby", alice.token(), new Ear()).node()).isEqualTo("oslo");
    assertThatThrownBy(() -> paris.enter("bob", "lobby", bob.token(), new Ear()))
        .as("a token of the later secret")
        .isInstanceOf(Refusal.class);
  }

  @Test
  void split_oneNameAndOneRoomOnBothSides_areOneAgainAfterIt() throws Exception {
    Two chat = two();
    cluster.split("paris", "oslo");
    Session left = chat.paris.enter("alice", "lobby", null, alice);
    Session right = chat.oslo.enter("alice", "lobby", null, bob);
    chat.paris.say(left, "one side");
    chat.oslo.say(right, "other side");
    assertThat(alice.home()).isNotEqualTo(bob.home());

    cluster.heal();
    cluster.awaitEqual();
    cluster.await(() -> alice.heard(Bye.class).size() + bob.heard(Bye.class).size() > 0);

    assertThat(alice.heard(Bye.class).size() + bob.heard(Bye.class).size()).isOne();
    cluster.await(() -> alice.home().equals(bob.home()));
    assertThat(alice.said()).contains("one side", "other side");
    assertThat(bob.said()).contains("one side", "other side");
  }

  @Test
  void look_ofTheHomeAlone_keepsTheLastLines() throws Exception {
    Two chat = two();
    chat.paris.enter("alice", "lobby", null, alice);
    Session speaker = chat.oslo.enter("bob", "lobby", null, bob);
    List<String> all = IntStream.range(0, Rooms.HISTORY + 20).mapToObj(i -> "line " + i).toList();
    all.forEach(line -> chat.oslo.say(speaker, line));

    chat.oslo.look();
    Ear before = new Ear();
    chat.oslo.enter("carol", "lobby", null, before);
    assertThat(before.said()).isEqualTo(all);

    chat.paris.look();
    Ear after = new Ear();
    chat.oslo.enter("dave", "lobby", null, after);
    assertThat(after.said()).isEqualTo(all.subList(20, all.size()));
  }

  @Test
  void look_somebodyIsSilentForLongOnAnotherNode_keepsWhatWasSaid() throws Exception {
    Two chat = two();
    Session speaker = chat.paris.enter("alice", "lobby", null, alice);
    chat.oslo.enter("bob", "lobby", null, bob);
    chat.paris.say(speaker, "hello");
    chat.paris.leave(speaker);
    cluster.awaitEqual();

    cluster.run(Rooms.KEPT_EMPTY.plusSeconds(1));
    chat.paris.look();

    Ear later = new Ear();
    chat.oslo.enter("carol", "lobby", null, later);
    assertThat(later.said()).containsExactly("hello");
  }

  @Test
  void look_nobodyHasBeenThereForAnHour_forgetsTheRoomWhoeverHasMadeIt() throws Exception {
    Two chat = two();
    Session speaker = chat.paris.enter("alice", "lobby", null, alice);
    chat.paris.say(speaker, "hello");
    chat.paris.leave(speaker);
    Session above = chat.paris.enter("dave", "attic", null, new Ear());
    chat.paris.say(above, "dusty");
    chat.paris.leave(above);
    cluster.crash("paris");
    cluster.awaitDown("oslo", "paris");

    chat.oslo.look();
    Session guest = chat.oslo.enter("bob", "attic", null, bob);
    assertThat(bob.said()).containsExactly("dusty");
    chat.oslo.leave(guest);
    cluster.awaitEqual();

    cluster.run(Rooms.KEPT_EMPTY.plusSeconds(1));
    chat.oslo.look();
    Ear later = new Ear();
    chat.oslo.enter("carol", "lobby", null, later);
    chat.oslo.enter("erin", "attic", null, later);
    assertThat(later.said()).isEmpty();
  }
}
