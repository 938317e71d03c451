package dev.cets.bench.systems;

import dev.cets.bench.member.SystemUnderTest;

/** The systems by name. A class is loaded only if it is asked for: its jars may not be there. */
public final class Systems {
  private Systems() {}

  /** A new member of this system. */
  public static SystemUnderTest of(String name) {
    return switch (name) {
      case "cets" -> new CetsSystem();
      case "hazelcast" -> new HazelcastSystem();
      case "infinispan" -> new InfinispanSystem();
      case "jgroups" -> new JGroupsSystem();
      case "raw" -> new RawSystem();
      default -> throw new IllegalArgumentException("no system is called '" + name + "'");
    };
  }
}
