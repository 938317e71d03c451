package dev.cets.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module's descriptor is the diagram of what others see. */
class ModuleDescriptorTest {
  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(MainClasses.path()).find("dev.cets").orElseThrow().descriptor();
  }

  @Test
  void exports_toEverybody_areTheApiWhatKeepsOthersOutAndTheSpi() {
    assertThat(
            descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("dev.cets", "dev.cets.security", "dev.cets.spi");
  }

  @Test
  void exports_qualified_areForTheTestKitAndWhatOthersShareForThem() {
    for (Exports exports : descriptor().exports()) {
      if (exports.source().equals("dev.cets.engine")) {
        assertThat(exports.targets())
            .containsExactlyInAnyOrder("dev.cets.netty", "dev.cets.jgroups");
      } else if (exports.source().equals("dev.cets.files")) {
        assertThat(exports.targets()).containsExactly("dev.cets.server");
      } else if (exports.isQualified()) {
        assertThat(exports.targets()).containsExactly("dev.cets.testkit");
      }
    }
  }

  @Test
  void requires_atRunTime_areFew() {
    assertThat(
            descriptor().requires().stream()
                .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("java.base", "java.naming", "jdk.jfr", "org.slf4j");
  }

  @Test
  void opens_nothing() {
    assertThat(descriptor().opens()).isEmpty();
    assertThat(descriptor().isOpen()).isFalse();
  }
}
