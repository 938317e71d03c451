package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private final List<ByteBuffer> frames = new ArrayList<>();

  private boolean take(ByteBuffer frame) {
    return frames.add(frame);
  }

  private static ByteBuf stream() {
    return Unpooled.buffer()
        .writeInt(3)
        .writeBytes(new byte[] {1, 2, 3})
        .writeInt(0)
        .writeInt(300)
        .writeZero(300);
  }

  @Test
  void read_cutAnywhere_givesTheSameFrames() throws Exception {
    int length = stream().readableBytes();
    for (int first = 0; first <= length; first++) {
      for (int second = first; second <= length; second += 7) {
        frames.clear();
        FrameReader reader = new FrameReader(300);
        ByteBuf stream = stream();
        reader.read(stream.readSlice(first), this::take);
        reader.read(stream.readSlice(second - first), this::take);
        reader.read(stream, this::take);

        assertThat(frames)
            .containsExactly(
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(300));
      }
    }
  }

  @Test
  void read_byteByByte_givesTheSameFrames() throws Exception {
    FrameReader reader = new FrameReader(300);
    ByteBuf stream = stream();
    while (stream.isReadable()) {
      reader.read(stream.readSlice(1), this::take);
    }

    assertThat(frames).hasSize(3);
  }

  @Test
  void read_overLimit_throwsBeforeTheBodyComes() {
    FrameReader reader = new FrameReader(300);

    assertThatThrownBy(() -> reader.read(Unpooled.buffer().writeInt(301), this::take))
        .isInstanceOf(FrameReader.TooLargeException.class)
        .hasMessage("sent a frame of 301 bytes; 300 are allowed");
    assertThatThrownBy(() -> new FrameReader(300).read(Unpooled.buffer().writeInt(-1), this::take))
        .hasMessage("sent a frame of 4294967295 bytes; 300 are allowed");
  }

  @Test
  void read_limitRaisedByAFrame_holdsForTheNext() throws Exception {
    FrameReader reader = new FrameReader(3);
    reader.read(
        stream(),
        frame -> {
          reader.limit(300);
          return take(frame);
        });

    assertThat(frames).hasSize(3);
  }

  @Test
  void read_sinkWantsNoMore_stops() throws Exception {
    new FrameReader(300)
        .read(
            stream(),
            frame -> {
              frames.add(frame);
              return false;
            });

    assertThat(frames).hasSize(1);
  }
}
