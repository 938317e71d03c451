package dev.cets.bench.suite;

import java.util.List;
import java.util.Locale;

/** The systems of a run. */
public enum Kind {
  CETS(""),
  /** With what its documentation asks for on a JDK with modules. */
  HAZELCAST(
      "--add-modules=java.se"
          + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
          + " --add-opens=java.base/java.lang=ALL-UNNAMED"
          + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
          + " --add-opens=java.management/sun.management=ALL-UNNAMED"
          + " --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"),
  INFINISPAN(""),
  JGROUPS(""),
  RAW("");

  private final String jvmFlags;

  Kind(String jvmFlags) {
    this.jvmFlags = jvmFlags;
  }

  /** The name in the document, and of the folder with its jars. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> jvmFlags() {
    return jvmFlags.isEmpty() ? List.of() : List.of(jvmFlags.split(" "));
  }
}
