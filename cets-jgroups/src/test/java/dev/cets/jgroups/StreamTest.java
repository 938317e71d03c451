package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.jgroups.Packet.Data;
import dev.cets.jgroups.Packet.Taken;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames that are cut into pieces and put together again. */
class StreamTest {
  private final Outflow out = new Outflow();
  private final Inflow in = new Inflow();
  private final List<ByteBuffer> frames = new ArrayList<>();

  private static ByteBuffer frame(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private Data cut() throws BadPacketException {
    return (Data) Packet.decode(ByteBuffer.wrap(out.cut(1, 2, Taken.NOTHING)));
  }

  private void carryAll() throws BadPacketException {
    while (out.mayCut()) {
      in.take(cut().bytes(), frames::add);
      if (in.isTellingDue()) {
        out.taken(in.tell());
      }
    }
  }

  @Test
  void frames_ofAllSizes_arriveWholeInOrder() throws BadPacketException {
    Random random = new Random(1);
    List<ByteBuffer> sent = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ByteBuffer frame = frame(random.nextInt(1 << random.nextInt(17)), i);
      sent.add(frame);
      assertThat(out.put(frame.asReadOnlyBuffer())).isTrue();
      if (random.nextInt(20) == 0) {
        carryAll();
      }
    }
    carryAll();

    assertThat(frames).isEqualTo(sent);
    assertThat(out.isEmpty()).isTrue();
    assertThat(in.pieces()).isEqualTo(out.sentPieces());
  }

  @Test
  void frames_aroundTheSizeOfAPiece_arriveWhole() throws BadPacketException {
    List<ByteBuffer> sent = new ArrayList<>();
    for (int length = Outflow.MAX_PIECE_BYTES - 9;
        length <= Outflow.MAX_PIECE_BYTES + 9;
        length++) {
      sent.add(frame(length, length));
      sent.add(frame(0, 0));
      sent.add(frame(1, length));
    }
    for (ByteBuffer frame : sent) {
      assertThat(out.put(frame.duplicate())).isTrue();
      carryAll();
    }

    assertThat(frames).isEqualTo(sent);
  }

  @Test
  void cut_nothingTaken_stopsAtTheBytesUnderWay() throws BadPacketException {
    for (int i = 0; i < 10; i++) {
      out.put(frame(1024 * 1024, i));
    }

    long bytes = 0;
    Data last = null;
    while (out.mayCut()) {
      last = cut();
      assertThat(last.bytes().remaining()).isLessThanOrEqualTo(Outflow.MAX_PIECE_BYTES);
      bytes += last.bytes().remaining();
    }

    assertThat(bytes)
        .isBetween(
            (long) Outflow.MAX_IN_FLIGHT_BYTES,
            (long) Outflow.MAX_IN_FLIGHT_BYTES + Outflow.MAX_PIECE_BYTES);
    out.taken(new Taken(1, Outflow.MAX_PIECE_BYTES));
    assertThat(out.mayCut()).isTrue();
  }

  @Test
  void cut_smallPieces_stopsAtTheirNumber() throws BadPacketException {
    int pieces = 0;
    while (true) {
      out.put(frame(1, 1));
      if (!out.mayCut()) {
        break;
      }
      cut();
      pieces++;
    }

    assertThat(pieces).isEqualTo(Outflow.MAX_IN_FLIGHT_PIECES);
    out.taken(new Taken(1, 5));
    assertThat(out.mayCut()).isTrue();
  }

  @Test
  void taken_moreThanSentOrLessThanBefore_isIgnored() throws BadPacketException {
    out.put(frame(10, 1));
    cut();
    out.taken(new Taken(2, 28));
    out.taken(new Taken(1, 14));
    out.taken(new Taken(0, 0));
    for (int i = 0; i < Outflow.MAX_IN_FLIGHT_PIECES; i++) {
      out.put(frame(1, 1));
      assertThat(out.mayCut()).isTrue();
      cut();
    }
    out.put(frame(1, 1));

    assertThat(out.mayCut()).isFalse();
  }

  @Test
  void put_overTheLimit_isRefused() {
    int most = (int) (Outflow.MAX_WAITING_BYTES / Transport.MAX_FRAME_BYTES);
    ByteBuffer largest = ByteBuffer.allocate(Transport.MAX_FRAME_BYTES - 4);
    for (int i = 0; i < most; i++) {
      assertThat(out.put(largest)).isTrue();
    }

    assertThat(out.put(ByteBuffer.allocate(0))).isFalse();
    assertThat(out.writable()).isFalse();
  }

  @Test
  void writable_whenLittleWaits_isToldOnce() throws BadPacketException {
    while (out.writable()) {
      out.put(frame(100_000, 1));
    }
    assertThat(out.becameWritable()).isFalse();

    carryAll();

    assertThat(out.becameWritable()).isTrue();
    assertThat(out.becameWritable()).isFalse();
    assertThat(out.writable()).isTrue();
  }

  @Test
  void take_frameOverTheLimit_isRefusedBeforeItComes() {
    ByteBuffer piece = ByteBuffer.allocate(4).putInt(0, Transport.MAX_FRAME_BYTES + 1);
    ByteBuffer negative = ByteBuffer.allocate(4).putInt(0, -1);

    assertThatThrownBy(() -> in.take(piece, frames::add))
        .hasMessage("has a frame of 16777217 bytes; 16777216 are allowed");
    assertThatThrownBy(() -> new Inflow().take(negative, frames::add))
        .hasMessage("has a frame of 4294967295 bytes; 16777216 are allowed");
  }

  @Test
  void take_sinkWantsNoMore_stops() throws BadPacketException {
    out.put(frame(1, 1));
    out.put(frame(1, 2));

    in.take(
        cut().bytes(),
        frame -> {
          frames.add(frame);
          return false;
        });

    assertThat(frames).hasSize(1);
  }
}
