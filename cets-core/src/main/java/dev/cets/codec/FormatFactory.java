package dev.cets.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the format of a declared type, or says which part of it has none. */
final class FormatFactory {
  private record Known(Class<?> type, Use use) {}

  private final Map<Known, Format> records = new HashMap<>();

  /**
   * @param path how the user gets to the type
   * @throws IllegalArgumentException if it has no format
   */
  Format of(Type type, String path, Use use) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, path, use);
    }
    if (!(type instanceof Class<?> plain)) {
      throw refused(type, path, use);
    }
    Scalar<?> scalar = Scalars.of(plain);
    if (scalar != null) {
      if (plain == byte[].class && use != Use.VALUE) {
        throw refused(type, path, use);
      }
      return scalar;
    }
    if (plain.isEnum()) {
      return new EnumFormat(plain);
    }
    if (plain.isRecord()) {
      return ofRecord(plain, path, use);
    }
    if (plain.isSealed() && plain.isInterface() && use != Use.KEY) {
      return ofSealed(plain, path, use);
    }
    throw refused(type, path, use);
  }

  private Format ofGeneric(ParameterizedType type, String path, Use use) {
    Type raw = type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (use == Use.KEY) {
      throw refused(type, path, use);
    }
    if (raw == Optional.class) {
      return new OptionalFormat(of(arguments[0], path + "[]", use));
    }
    if (raw == List.class) {
      return new ListFormat(of(arguments[0], path + "[]", use));
    }
    if (raw == Set.class) {
      return new SetFormat(keys(arguments[0], path + "[]"));
    }
    if (raw == Map.class) {
      HashKeys keys = keys(arguments[0], path + "{key}");
      return new MapFormat(keys, of(arguments[1], path + "{value}", use));
    }
    throw refused(type, path, use);
  }

  private HashKeys keys(Type type, String path) {
    Format format = of(type, path, Use.HASHED);
    return new HashKeys(format, !(format instanceof Scalar || format instanceof EnumFormat));
  }

  private Format ofRecord(Class<?> type, String path, Use use) {
    Known known = new Known(type, use);
    Format made = records.get(known);
    if (made != null) {
      return made;
    }
    Deferred self = new Deferred();
    records.put(known, self);
    RecordFormat format = newRecord(type, path, use);
    self.set(format);
    records.put(known, format);
    return format;
  }

  private RecordFormat newRecord(Class<?> type, String path, Use use) {
    RecordComponent[] declared = type.getRecordComponents();
    RecordAccess access = new RecordAccess(type, path);
    MethodHandle constructor = access.constructor();
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < declared.length; i++) {
      RecordComponent each = declared[i];
      components.add(
          new Component(
              each.getName(),
              i,
              Tag.of(nameAndLayout(each)),
              access.accessor(each),
              of(each.getGenericType(), path + "." + each.getName(), use),
              each.getType().isPrimitive(),
              absent(each.getType())));
    }
    Tag.requireDistinct(path, Arrays.stream(declared).map(FormatFactory::nameAndLayout).toList());
    return new RecordFormat(components, constructor);
  }

  private static String nameAndLayout(RecordComponent component) {
    return component.getName() + ":" + Layout.of(component.getGenericType());
  }

  /** What a component is when the writer's type has no such component. */
  private static @Nullable Object absent(Class<?> type) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class) {
      return Collections.emptyList();
    }
    if (type == Set.class) {
      return Collections.emptySet();
    }
    return type == Map.class ? Collections.emptyMap() : null;
  }

  private Format ofSealed(Class<?> type, String path, Use use) {
    List<Class<?>> permitted = List.of(type.getPermittedSubclasses());
    Tag.requireDistinct(path, permitted.stream().map(Class::getSimpleName).toList());
    List<SealedFormat.Case> cases = new ArrayList<>();
    for (Class<?> each : permitted) {
      String casePath = path + ":" + each.getSimpleName();
      if (!each.isRecord()) {
        throw refused(each, casePath, use);
      }
      long tag = Tag.of(each.getSimpleName());
      cases.add(new SealedFormat.Case(each, tag, ofRecord(each, casePath, use)));
    }
    return new SealedFormat(type, cases);
  }

  private static IllegalArgumentException refused(Type type, String path, Use use) {
    return new IllegalArgumentException(path + " is " + type.getTypeName() + "; " + use.allowed());
  }
}
