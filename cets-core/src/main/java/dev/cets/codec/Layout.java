package dev.cets.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the bytes of a type are to be read, in a word. It is a part of a component's tag: a component
 * whose type became another one is another component, and its bytes are never read as something
 * that they are not. All integers are one layout, so that they may be widened.
 */
final class Layout {
  private static final Set<Class<?>> INTEGERS =
      Set.of(Byte.class, Short.class, Character.class, Integer.class, Long.class);

  private Layout() {}

  static String of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      String arguments =
          Arrays.stream(parameterized.getActualTypeArguments())
              .map(Layout::of)
              .collect(Collectors.joining(",", "<", ">"));
      return of(parameterized.getRawType()) + arguments;
    }
    if (!(type instanceof Class<?> declared)) {
      return type.getTypeName(); // refused where its format is made
    }
    Class<?> simple = Scalars.boxed(declared);
    if (INTEGERS.contains(simple)) {
      return "integer";
    }
    Scalar<?> scalar = Scalars.of(simple);
    if (scalar != null) {
      return scalar.kind();
    }
    if (simple.isEnum()) {
      return "enum";
    }
    if (simple.isRecord()) {
      return "record";
    }
    return simple.isSealed() ? "sealed" : simple.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
