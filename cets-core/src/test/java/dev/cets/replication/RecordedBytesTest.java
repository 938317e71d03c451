package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Awaited;
import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.Leading;
import dev.cets.replication.LinkMessage.Paused;
import dev.cets.replication.LinkMessage.PausedTaken;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Pulled;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Write.Change;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The bytes of wire version 1, for ever: nodes of other releases write and read them. If one of
 * these fails, the format has changed, and needs another version.
 */
class RecordedBytesTest {
  private static final Incarnation A = new Incarnation("a", 0x18bcfe568000001L);
  private static final Incarnation B = new Incarnation("b", 0x18bcfe568000002L);
  private static final Note NOTE = new Note("k", "text");

  private static void same(String hex, byte[] frame) {
    assertThat(HexFormat.of().formatHex(frame)).isEqualTo(hex.replaceAll("\\s", ""));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static void recorded(String hex, Message message) {
    same(hex, Frames.of(message));
    assertThat(Frames.message(bytes(hex))).isEqualTo(message);
  }

  private static void recorded(String hex, LinkMessage<String, Note> message) {
    same(hex, Frames.of(300, 4, message));
    assertThat(Frames.linkMessage(bytes(hex), A))
        .usingRecursiveComparison()
        .withEqualsForType(Intervals::equals, Intervals.class)
        .ignoringFieldsMatchingRegexes(".*encoded")
        .isEqualTo(message);
  }

  private static Map<Incarnation, Intervals> seen() {
    Intervals pieces = new Intervals();
    pieces.add(0, 9);
    pieces.add(11, 12);
    return Map.of(A, pieces);
  }

  private static KeyVersion<String> version(String key, Incarnation origin, long stamp) {
    return new KeyVersion<>(key, Note.hash(key), origin, stamp);
  }

  private static List<Copy<String, Note>> copies() {
    return List.of(
        new Copy<>(
            "k",
            Note.hash("k"),
            List.of(
                new CopiedVersion<>(A, 9, NOTE, Note.NOTES.encode(NOTE)),
                new CopiedVersion<>(B, 7, null, null))),
        new Copy<>("l", Note.hash("l"), List.of()));
  }

  private static Context<String> context() {
    return new Context<>(seen(), Set.of(version("m", B, 5)));
  }

  @Test
  void greeting_recorded_stillTheSame() {
    recorded(
        """
        010186edfd8c010207636c75737465720161018bcfe5680000010000018bcfe56800010163000000
        00000000030000000000000001
        """,
        new Greeting(1, 2, "cluster", A, Net.WALL, Map.of("c", 3L), 1));
  }

  @Test
  void greeting_withMoreBehind_theRestIsSkipped() {
    Greeting greeting = new Greeting(1, 2, "cluster", A, Net.WALL, Map.of(), 1);
    byte[] frame = Frames.of(greeting);
    byte[] longer = Arrays.copyOf(frame, frame.length + 3);

    assertThat(Frames.message(Frames.summed(longer))).isEqualTo(greeting);
  }

  @Test
  void refusal_recorded_stillTheSame() {
    recorded("0102c6f970df026e6f", new Refusal("no"));
  }

  @Test
  void startTaken_recorded_stillTheSame() {
    recorded("01036dbe0480018bcfe568000001", new StartTaken(A.start()));
  }

  @Test
  void beat_recorded_stillTheSame() {
    recorded(
        "0104473f35bd0000018bcfe5680001ac02040000000000000009010000000000000007",
        new Beat(Net.WALL, List.of(new Beat.Sent(300, 4, 9, true, false, 7))));
  }

  @Test
  void leaving_recorded_stillTheSame() {
    recorded("0105d732fbb9", new Leaving());
  }

  @Test
  void givenUp_recorded_stillTheSame() {
    recorded("01095e97f34a0101630000000000000003", new Message.GivenUp(Map.of("c", 3L)));
  }

  @Test
  void replaced_recorded_stillTheSame() {
    recorded("010a21f3205f018bcfe568000001", new Message.Replaced(A.start()));
  }

  @Test
  void nameTaken_recorded_stillTheSame() {
    recorded("010b718b4ba003683a31", new Message.NameTaken("h:1"));
  }

  @Test
  void status_recorded_stillTheSame() {
    recorded("010c8540b0c8ac02", new Message.AskStatus(300));
    recorded(
        "010da8734877ac02010b6a6f696e65644e6f6465730201610162",
        new Message.TellStatus(300, Map.of("joinedNodes", List.of("a", "b"))));
  }

  @Test
  void hello_recorded_stillTheSame() {
    recorded("010629458024056e6f74657303736574ac0200", new Hello("notes", "set", 300, 0));
  }

  @Test
  void helloRefused_recorded_stillTheSame() {
    recorded("01078f98d050056e6f746573ac0200", new HelloRefused("notes", 300, null));
    recorded("0107df500d55056e6f746573ac020103776879", new HelloRefused("notes", 300, "why"));
  }

  @Test
  void stale_recorded_stillTheSame() {
    recorded("0108a714cb06ac0204", new Stale(300, 4));
  }

  @Test
  void writes_recorded_stillTheSame() {
    List<Write<String, Note>> writes =
        List.of(
            new Write<>(
                0,
                9,
                List.of(
                    new Change<>(
                        "k",
                        Note.hash("k"),
                        NOTE,
                        List.of(new VersionId(A, 3), new VersionId(B, 4))),
                    new Change<>("l", Note.hash("l"), null, List.of()))),
            new Write<>(9, 10, List.of()));
    String hex =
        """
        0110157d31e0ac0204c8010000000000000000000000000000000902016b02000000000000000003
        010162018bcfe5680000020000000000000004010f4c0930b7026b52bc48180574657874016c0000
        0000000000000009000000000000000a00
        """;
    same(hex, Frames.of(300, 4, 200, writes, A));
    assertThat(Frames.linkMessage(bytes(hex), A)).isEqualTo(new Writes<>(200, writes));
  }

  @Test
  void smallOnes_recorded_stillTheSame() {
    recorded("0111b0b9a720ac020400000000000000090000000000000004", new Ack<>(9, 4));
    recorded("011207533a5cac0204", new Joined<>());
    recorded("01215b3016d3ac0204", new Pulled<>());
    recorded("01224f5936d1ac02040000000000000009", new Awaited<>(9));
    recorded("0113da1690e4ac0204", new PullMe<>());
    recorded(
        "011754c61c69ac02040201010000000000000010000000000000001f",
        new ChunkTaken<>(2, 1, List.of(new HashRange(16, 31))));
    recorded(
        "01186fd4306bac020402ac02050101630000000000000003", new End<>(2, 300, 5, Map.of("c", 3L)));
  }

  @Test
  void leading_recorded_stillTheSame() {
    recorded(
        "011bf516d059ac02040007016b0180e497d012",
        new Leading.Reserve<>(7, "k", true, 5_000_000_000L));
    recorded(
        "011bf0076699ac02040107020161018bcfe56800000100000000000000030162018bcfe5680000020000000000000004",
        new Leading.Reserved<>(7, List.of(new VersionId(A, 3), new VersionId(B, 4))));
    recorded(
        "011b788b2396ac02040207010f4c0930b7026b52bc48180574657874", new Leading.Present<>(7, NOTE));
    recorded("011bda6a46d0ac0204020700", new Leading.Present<>(7, null));
    recorded("011bd6373b9dac02040307", new Leading.NotLeading<>(7));
    recorded("011b284b8a21ac02040407016b000000000000012c", new Leading.Release<>(7, "k", 300));
  }

  @Test
  void paused_recorded_stillTheSame() {
    recorded(
        "011f664de218ac020403010706612f6d61696e80e497d012",
        new Paused<>(3, List.of(new Paused.Hold(7, "a/main", 5_000_000_000L))));
    recorded("011fca65a144ac02040400", new Paused<>(4, List.of()));
    recorded("0120fb6b969aac020403000000000000012c", new PausedTaken<>(3, 300));
  }

  @Test
  void dumping_recorded_stillTheSame() {
    recorded("011e3473c0a8ac020400070080e497d012", new Dumping.Ask<>(7, null, 5_000_000_000L));
    recorded("011e7aa2129fac0204000701016bac02", new Dumping.Ask<>(7, "k", 300));
    recorded(
        "011e9c97ec78ac020401070201016b0f4c0930b7026b52bc48180574657874",
        new Dumping.Part<>(7, 2, List.of(new Dumping.Row<>("k", NOTE))));
    recorded("011e9850ff84ac02040207", new Dumping.Taken<>(7));
    recorded("011e82fd4626ac02040307ac02", new Dumping.Done<>(7, 300));
    recorded("011e13c1a5c4ac02040407026e6f", new Dumping.Refused<>(7, "no"));
  }

  @Test
  void pull_recorded_stillTheSame() {
    recorded(
        """
        0114ea58f982ac0204020108fe01040000000000000001ffffffffffffffff0000000000000002ff
        fffffffffffffe0101000161018bcfe5680000010200000000000000000000000000000009000000
        000000000b000000000000000c0101630000000000000003
        """,
        new Pull<>(2, 1, 8, 254, new long[] {1, -1, 2, -2}, true, seen(), Map.of("c", 3L)));
  }

  @Test
  void differing_recorded_stillTheSame() {
    recorded(
        """
        0123ad4fe025ac020402020000000000000010000000000000001f0000000000000030ffffffffff
        ffffff
        """,
        new Differing<>(2, List.of(new HashRange(16, 31), new HashRange(48, -1))));
  }

  @Test
  void base_recorded_stillTheSame() {
    recorded(
        """
        011576afce77ac02040201000161018bcfe568000001020000000000000000000000000000000900
        0000000000000b000000000000000c01016d010162018bcfe5680000020000000000000005
        """,
        new Base<>(2, context()));
  }

  @Test
  void chunk_recorded_stillTheSame() {
    recorded(
        """
        01165e9ce9d4ac02040201010000000000000000000000000000000f0000010000000000000010ff
        ffffffffffffff0000000000000005000000000000000602016b02000161018bcfe5680000011101
        0f4c0930b7026b52bc48180574657874010162018bcfe5680000020400016c000100020000000000
        0000000000000000000009000000000000000b000000000000000c01016d01000000000000000501
        01630000000000000003ac02
        """,
        new Chunk<>(
            2,
            1,
            TablePart.of(List.of(new HashRange(0, 15))),
            List.of(new Rest(new HashRange(16, -1), 5, 6)),
            copies(),
            context(),
            Map.of("c", 3L),
            300));
  }

  @Test
  void confirm_recorded_stillTheSame() {
    recorded(
        """
        0119117b2372ac02040202016b000161018bcfe5680000010000000000000009016c010162018bcf
        e5680000020000000000000007
        """,
        new Confirm<>(2, List.of(version("k", A, 9), version("l", B, 7))));
  }

  @Test
  void confirmed_recorded_stillTheSame() {
    recorded(
        """
        011ac34ecbbeac02040202016b02000161018bcfe56800000111010f4c0930b7026b52bc48180574
        657874010162018bcfe5680000020400016c00010002000000000000000000000000000000090000
        00000000000b000000000000000c01016d0100000000000000050101630000000000000003
        """,
        new Confirmed<>(2, copies(), context(), Map.of("c", 3L)));
  }

  @Test
  void fetch_recorded_stillTheSame() {
    recorded(
        """
        011c82409862ac02040202016b000161018bcfe5680000010000000000000009016c000000000000
        00000a
        """,
        new Fetch<>(2, List.of(version("k", A, 9), version("l", A, 10))));
  }

  @Test
  void fetched_recorded_stillTheSame() {
    recorded(
        """
        011d3784ed75ac02040201016b02000161018bcfe56800000111010f4c0930b7026b52bc48180574
        657874010162018bcfe5680000020402010002000000000000000000000000000000090000000000
        00000b000000000000000c01016d0100000000000000050101630000000000000003
        """,
        new Fetched<>(
            2,
            List.of(
                new Copy<>(
                    "k",
                    Note.hash("k"),
                    List.of(
                        new CopiedVersion<>(A, 9, NOTE, Note.NOTES.encode(NOTE)),
                        new CopiedVersion<>(B, 7, null, null, true)))),
            context(),
            Map.of("c", 3L)));
  }
}
