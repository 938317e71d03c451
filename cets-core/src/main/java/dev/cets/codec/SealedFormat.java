package dev.cets.codec;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the records that a sealed interface permits: the tag of its simple name, then the record.
 * The tag chooses among these only; the wire can name no other type.
 */
final class SealedFormat implements Format {
  /** A permitted record type. */
  record Case(Class<?> type, long tag, Format format) {}

  private final Class<?> type;
  private final Case[] cases;

  SealedFormat(Class<?> type, List<Case> cases) {
    this.type = type;
    this.cases = cases.toArray(Case[]::new);
  }

  @Override
  public void write(Output out, Object value) {
    for (Case each : cases) {
      if (each.type == value.getClass()) {
        out.writeInt((int) each.tag);
        each.format.write(out, value);
        return;
      }
    }
    throw new Fault(value.getClass().getName() + " is not permitted by " + type.getName());
  }

  @Override
  public Object read(Input in, int end) {
    long tag = Integer.toUnsignedLong(in.readInt(end));
    for (Case each : cases) {
      if (each.tag == tag) {
        return each.format.read(in, end);
      }
    }
    throw new Fault(
        String.format(
            "tag %08x is no record of %s; known are %s",
            tag,
            type.getName(),
            Arrays.stream(cases)
                .map(each -> each.type.getSimpleName())
                .collect(Collectors.joining(", "))));
  }

  @Override
  public String kind() {
    return "sealed";
  }
}
