package dev.cets.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Constants by name: an ordinal would change its meaning when a constant is added. They are found
 * by the name's bytes, without a string for each.
 */
final class EnumFormat implements Format {
  private static final int SHOWN_BYTES = 100;

  private final Class<?> type;
  private final List<? extends Enum<?>> constants;
  private final byte[][] names;

  EnumFormat(Class<?> type) {
    this.type = type;
    this.constants =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> (Enum<?>) constant)
            .sorted(Comparator.comparing(EnumFormat::nameOf, Arrays::compareUnsigned))
            .toList();
    this.names = constants.stream().map(EnumFormat::nameOf).toArray(byte[][]::new);
  }

  private static byte[] nameOf(Enum<?> constant) {
    return constant.name().getBytes(UTF_8);
  }

  @Override
  public void write(Output out, Object value) {
    Enum<?> constant = (Enum<?>) value;
    if (constant.getDeclaringClass() != type) {
      throw new Fault(constant.getDeclaringClass().getName() + " is not " + type.getName());
    }
    out.writeString(constant.name());
  }

  @Override
  public Object read(Input in, int end) {
    int low = 0;
    int high = names.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = in.compareRest(end, names[middle]);
      if (order == 0) {
        in.skipTo(end);
        return constants.get(middle);
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    throw unknown(in, end);
  }

  private Fault unknown(Input in, int end) {
    int shown = Math.min(end, in.position() + SHOWN_BYTES);
    String name = new String(in.readBytes(shown), UTF_8).replaceAll("\\p{Cntrl}", "?");
    List<String> known = constants.stream().map(Enum::name).toList();
    return new Fault("'" + name + "' is no constant of " + type.getName() + "; known are " + known);
  }

  @Override
  public String kind() {
    return "enum";
  }
}
