package dev.cets.codec;

import java.lang.invoke.MethodHandle;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records, which may have gained or lost components on the other side.
 *
 * <p>A record is a sequence of components up to its end, each a tag of four bytes and a slot. A
 * slot is a number (seven bits a byte, the lowest first), which is 0 for null and otherwise the
 * length plus one, and then the value. Elements of lists, sets, maps and optionals are slots too.
 *
 * <p>The tag is a hash of the component's name and layout. So the wire needs no numbers to be given
 * by hand and kept for ever, and components may change their places, for four bytes each where the
 * name itself would take twice that; a shorter hash would soon let a new component take the tag of
 * one that was removed long ago. The slot's length lets a reader pass over what it does not know.
 * Components are sorted by tag: the bytes then do not depend on the order of declaration, none can
 * come twice, and matching takes one step for each.
 */
final class RecordFormat implements Format {
  private final Component[] byTag;
  private final MethodHandle constructor;

  /**
   * @param constructor takes all components in an array of objects, gives an object
   */
  RecordFormat(List<Component> components, MethodHandle constructor) {
    this.byTag =
        components.stream()
            .sorted(Comparator.comparingLong(Component::tag))
            .toArray(Component[]::new);
    this.constructor = constructor;
  }

  @Override
  public void write(Output out, Object value) {
    out.enter();
    for (Component component : byTag) {
      component.write(out, value);
    }
    out.leave();
  }

  @Override
  public Object read(Input in, int end) {
    in.enter();
    @Nullable Object[] arguments = new @Nullable Object[byTag.length];
    int next = 0;
    long previous = -1;
    while (in.position() < end) {
      long tag = Integer.toUnsignedLong(in.readInt(end));
      if (tag <= previous) {
        throw new Fault("components are out of order");
      }
      previous = tag;
      while (next < byTag.length && byTag[next].tag() < tag) {
        setAbsent(in, arguments, byTag[next++]);
      }
      if (next < byTag.length && byTag[next].tag() == tag) {
        Component component = byTag[next++];
        arguments[component.index()] = component.read(in, end);
      } else {
        in.skipSlot(end);
      }
    }
    while (next < byTag.length) {
      setAbsent(in, arguments, byTag[next++]);
    }
    in.leave();
    return construct(arguments);
  }

  private static void setAbsent(Input in, @Nullable Object[] arguments, Component component) {
    in.chargeAbsent();
    arguments[component.index()] = component.absent();
  }

  private Object construct(@Nullable Object[] arguments) {
    try {
      return (Object) constructor.invokeExact(arguments);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // The record's own checks: its author did not expect these bytes.
      throw Fault.within("", e);
    }
  }

  @Override
  public String kind() {
    return "record";
  }
}
