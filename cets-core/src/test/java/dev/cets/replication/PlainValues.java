package dev.cets.replication;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as lists, sets and maps, arrays in them by content: what is compared when their records
 * are not. Left out is what only one side knows, {@code encoded}.
 */
final class PlainValues {
  private static final ClassValue<List<Method>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          List<Method> accessors = new ArrayList<>();
          for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getName().equals("encoded")) {
              Method accessor = component.getAccessor();
              accessor.setAccessible(true);
              accessors.add(accessor);
            }
          }
          return accessors;
        }
      };

  private PlainValues() {}

  static @Nullable Object of(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (value) {
      case Record record -> ofRecord(record);
      case byte[] bytes -> "bytes " + Arrays.toString(bytes);
      case long[] longs -> "longs " + Arrays.toString(longs);
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        list.forEach(each -> plain.add(of(each)));
        yield plain;
      }
      case Set<?> set -> {
        Set<@Nullable Object> plain = new HashSet<>();
        set.forEach(each -> plain.add(of(each)));
        yield plain;
      }
      case Map<?, ?> map -> {
        Map<@Nullable Object, @Nullable Object> plain = new HashMap<>();
        map.forEach((key, each) -> plain.put(of(key), of(each)));
        yield plain;
      }
      default -> value;
    };
  }

  private static List<@Nullable Object> ofRecord(Record record) {
    List<@Nullable Object> plain = new ArrayList<>();
    plain.add(record.getClass());
    for (Method component : COMPONENTS.get(record.getClass())) {
      try {
        plain.add(of(component.invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("component " + component.getName() + " of " + record, e);
      }
    }
    return plain;
  }
}
