package dev.cets.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireReaderTest {
  private static WireReader read(WireWriter out) {
    return new WireReader(out.toBuffer());
  }

  private static WireReader read(int... bytes) {
    WireWriter out = new WireWriter(0);
    for (int value : bytes) {
      out.putByte(value);
    }
    return read(out);
  }

  private static void refused(WireReader in, Consumer<WireReader> reads) {
    assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> reads.accept(in));
  }

  @Test
  void anything_randomValues_readAsWritten() {
    for (long seed = 0; seed < 2_000; seed++) {
      WireWriter out = new WireWriter((int) (seed % 5));
      write(out, new Random(seed));
      WireReader in = read(out);
      Random again = new Random(seed);
      for (int i = 0; i < 20; i++) {
        check(in, again, "seed " + seed + ", value " + i);
      }
      in.end();
    }
  }

  private static void write(WireWriter out, Random random) {
    for (int i = 0; i < 20; i++) {
      switch (random.nextInt(4)) {
        case 0 -> out.putByte(random.nextInt(256));
        case 1 -> out.putLong(random.nextLong());
        case 2 -> out.putCount(number(random));
        default -> out.putText(text(random));
      }
    }
  }

  private static void check(WireReader in, Random random, String when) {
    switch (random.nextInt(4)) {
      case 0 -> assertThat(in.readByte()).as(when).isEqualTo(random.nextInt(256));
      case 1 -> assertThat(in.readLong()).as(when).isEqualTo(random.nextLong());
      case 2 -> assertThat(in.readNumber()).as(when).isEqualTo(number(random));
      default -> assertThat(in.readText()).as(when).isEqualTo(text(random));
    }
  }

  private static long number(Random random) {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  private static String text(Random random) {
    return "x\u00e4\u20ac\ud83d\ude00".repeat(random.nextInt(5));
  }

  @Test
  void readNumber_moreThan63Bits_refused() {
    assertThat(read(255, 255, 255, 255, 255, 255, 255, 255, 127).readNumber())
        .isEqualTo(Long.MAX_VALUE);
    refused(read(255, 255, 255, 255, 255, 255, 255, 255, 255, 1), WireReader::readNumber);
  }

  @Test
  void readNumber_cutOff_refused() {
    refused(read(255), WireReader::readNumber);
    refused(read(), WireReader::readNumber);
  }

  @Test
  void readCount_moreThanThereIsRoomFor_refusedAtOnce() {
    WireWriter out = new WireWriter(0);
    out.putCount(Integer.MAX_VALUE);
    out.putLong(0);
    refused(read(out), in -> in.readCount(1));
    refused(read(3, 0, 0, 0, 0, 0), in -> in.readCount(2));
    assertThat(read(3, 0, 0, 0, 0, 0, 0).readCount(2)).isEqualTo(3);
  }

  @Test
  void readSlice_longerThanWhatIsLeft_refused() {
    refused(read(3, 1, 2), WireReader::readSlice);
    ByteBuffer slice = read(2, 1, 2, 3).readSlice();
    assertThat(slice.remaining()).isEqualTo(2);
  }

  @Test
  void readText_notUtf8_refused() {
    refused(read(1, 0xff), WireReader::readText);
    refused(read(2, 0xc3, 0x28), WireReader::readText);
  }

  @Test
  void readLong_cutOff_refused() {
    refused(read(1, 2, 3, 4, 5, 6, 7), WireReader::readLong);
  }

  @Test
  void end_somethingLeft_refused() {
    refused(read(1), WireReader::end);
  }
}
