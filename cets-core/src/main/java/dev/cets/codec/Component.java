package dev.cets.codec;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record type.
 *
 * @param index its place in the canonical constructor
 * @param tag how it is found on the wire: its name and layout
 * @param accessor takes the record as an object, gives the value as an object
 * @param primitive may it not be null?
 * @param absent what it is when the writer did not know it
 */
record Component(
    String name,
    int index,
    long tag,
    MethodHandle accessor,
    Format format,
    boolean primitive,
    @Nullable Object absent) {

  void write(Output out, Object owner) {
    try {
      out.writeInt((int) tag);
      out.writeSlot(format, get(owner));
    } catch (RuntimeException e) {
      throw Fault.within("." + name, e);
    }
  }

  @Nullable Object read(Input in, int end) {
    try {
      Object value = in.readSlot(format, end);
      if (value == null && primitive) {
        throw new Fault("null, for a primitive type");
      }
      return value;
    } catch (RuntimeException e) {
      throw Fault.within("." + name, e);
    }
  }

  private @Nullable Object get(Object owner) {
    try {
      return (Object) accessor.invokeExact(owner);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Fault.within("", e);
    }
  }
}
