package dev.cets.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The way into one record type: its accessors and its canonical constructor. */
final class RecordAccess {
  private static final int MAX_COMPONENTS = 200;

  private final Class<?> type;
  private final String path;
  private final MethodHandles.Lookup lookup;

  /**
   * @param path where the type shows up, for messages
   */
  RecordAccess(Class<?> type, String path) {
    this.type = type;
    this.path = path;
    this.lookup = lookup(type);
  }

  private static MethodHandles.Lookup lookup(Class<?> type) {
    RecordAccess.class.getModule().addReads(type.getModule());
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      // A public record of an exported package needs no more.
      return MethodHandles.publicLookup();
    }
  }

  /**
   * Takes an array of objects, gives an object.
   *
   * @throws IllegalArgumentException if we may not call it
   */
  MethodHandle constructor() {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    if (types.length > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          path + " is " + type.getName() + "; it has more than " + MAX_COMPONENTS + " components");
    }
    try {
      return lookup
          .findConstructor(type, MethodType.methodType(void.class, types))
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record without its canonical constructor", e);
    } catch (IllegalAccessException e) {
      throw closed(e);
    }
  }

  /**
   * Takes an object, gives an object.
   *
   * @throws IllegalArgumentException if we may not call it
   */
  MethodHandle accessor(RecordComponent component) {
    try {
      return lookup
          .unreflect(component.getAccessor())
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw closed(e);
    }
  }

  private IllegalArgumentException closed(IllegalAccessException e) {
    return new IllegalArgumentException(
        path
            + " is "
            + type.getName()
            + ", which is closed to CETS; add 'opens "
            + type.getPackageName()
            + " to dev.cets;' to the descriptor of module "
            + type.getModule().getName(),
        e);
  }
}
