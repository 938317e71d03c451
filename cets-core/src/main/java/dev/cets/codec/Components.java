package dev.cets.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of all components within a type, of which its identity is made. Where they can never
 * change, nodes compare them before they link.
 */
final class Components {
  private final Set<Type> within = new HashSet<>();

  private Components() {}

  static String of(Type type) {
    return new Components().list(type);
  }

  private String list(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(this::list)
          .collect(Collectors.joining("&", "<", ">"));
    }
    if (!(type instanceof Class<?> plain) || !within.add(plain)) {
      return ""; // a type within itself says nothing new
    }
    String list = "";
    if (plain.isRecord()) {
      list =
          Arrays.stream(plain.getRecordComponents())
              .map(component -> component.getName() + list(component.getGenericType()))
              .collect(Collectors.joining(",", "(", ")"));
    } else if (plain.isSealed() && plain.isInterface()) {
      list =
          Arrays.stream(plain.getPermittedSubclasses())
              .sorted((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()))
              .map(each -> each.getSimpleName() + list(each))
              .collect(Collectors.joining("|", "{", "}"));
    }
    within.remove(plain);
    return list;
  }
}
