package dev.cets.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What editors are told of the properties. */
class MetadataTest {
  @Test
  void metadata_everyProperty_isThereWithADescription() throws IOException {
    Map<String, String> descriptions = new TreeMap<>();
    for (Object property : requireNonNull((List<?>) metadata().get("properties"))) {
      Map<?, ?> told = (Map<?, ?>) property;
      String name = String.valueOf(told.get("name"));
      if (name.startsWith("cets.")) { // the endpoint has properties of Boot's
        descriptions.put(name, String.valueOf(told.get("description")));
      }
    }
    assertThat(descriptions).containsOnlyKeys(names("cets", CetsProperties.class));
    assertThat(descriptions.values()).allMatch(text -> text.endsWith("."));
  }

  private static List<String> names(String prefix, Class<?> type) {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        names.addAll(names(name, component.getType()));
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private static Map<String, Object> metadata() throws IOException {
    String own =
        CetsProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
    // Boot's own jars have such files too.
    URI file = URI.create(own).resolve("META-INF/spring-configuration-metadata.json");
    return JsonParserFactory.getJsonParser().parseMap(Files.readString(Path.of(file)));
  }
}
