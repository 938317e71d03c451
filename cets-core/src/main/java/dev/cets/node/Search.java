package dev.cets.node;

import dev.cets.spi.NodeAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The addresses that are sought, and what is known of each. */
final class Search {
  /**
   * What is known of an address.
   *
   * @param node the node that answered there last, or null
   * @param problem why it cannot be reached now, or null
   */
  record Place(@Nullable String node, @Nullable String problem) {
    boolean isPending() {
      return node == null && problem == null;
    }
  }

  private final Map<NodeAddress, Place> places = new TreeMap<>();
  private final Set<NodeAddress> explicit = new TreeSet<>();
  private final Map<Object, Set<NodeAddress>> discovered = new HashMap<>();

  /** Looks for this address whatever discovery says. */
  void connect(NodeAddress address) {
    explicit.add(address);
  }

  /** The last answer of a back end. */
  void answered(Object backEnd, Set<NodeAddress> addresses) {
    discovered.put(backEnd, Set.copyOf(addresses));
  }

  /** Everything that is to be sought now. */
  Set<NodeAddress> sought() {
    Set<NodeAddress> all = new TreeSet<>(explicit);
    discovered.values().forEach(all::addAll);
    places.keySet().retainAll(all);
    all.forEach(address -> places.putIfAbsent(address, new Place(null, null)));
    return all;
  }

  boolean isDiscovered(NodeAddress address) {
    return discovered.values().stream().anyMatch(addresses -> addresses.contains(address));
  }

  void located(NodeAddress address, String node) {
    places.computeIfPresent(address, (any, old) -> new Place(node, null));
  }

  void unreachable(NodeAddress address, String problem) {
    places.computeIfPresent(address, (any, old) -> new Place(old.node(), problem));
  }

  /** The node that answered there last, or null. */
  @Nullable String node(NodeAddress address) {
    Place place = places.get(address);
    return place == null ? null : place.node();
  }

  Map<NodeAddress, Place> places() {
    return new TreeMap<>(places);
  }
}
