package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of a walk, and what can be said of all of them. */
final class Cluster {
  private final SimulatedNetwork network;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<NodeAddress> addresses = new ArrayList<>();

  Cluster(SimulatedNetwork network) {
    this.network = network;
  }

  void add(SimulatedNode node) {
    nodes.add(node);
    addresses.add(node.address());
  }

  SimulatedNetwork network() {
    return network;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  List<SimulatedNode> up() {
    return nodes.stream().filter(SimulatedNode::isUp).toList();
  }

  void start(SimulatedNode node) {
    node.start(addresses);
  }

  @Nullable SimulatedNode at(NodeAddress address) {
    int index = addresses.indexOf(address);
    return index < 0 ? null : nodes.get(index);
  }

  /** Is there another node of the same name, at another address? */
  @Nullable SimulatedNode twin(SimulatedNode node) {
    for (SimulatedNode other : nodes) {
      if (other != node && other.name().equals(node.name())) {
        return other;
      }
    }
    return null;
  }

  /** May it be started, or is its twin up? */
  boolean mayRun(SimulatedNode node) {
    SimulatedNode twin = twin(node);
    return twin == null || !twin.isUp();
  }

  /** The node that runs as this incarnation, or null. */
  @Nullable SimulatedNode running(Incarnation incarnation) {
    for (SimulatedNode node : nodes) {
      if (node.isUp() && node.incarnation().equals(incarnation)) {
        return node;
      }
    }
    return null;
  }

  /** The replica of the node that runs as this incarnation, or null. */
  @Nullable TableReplica<?, ?> replicaOf(Incarnation incarnation) {
    SimulatedNode node = running(incarnation);
    return node == null ? null : node.replica();
  }

  /** Has every node that is up joined all others that are? */
  boolean isJoined() {
    List<SimulatedNode> up = up();
    for (SimulatedNode node : up) {
      TableReplica<?, ?> replica = node.replica();
      if (replica == null) {
        return false;
      }
      List<LinkSnapshot> links = replica.linkSnapshots();
      if (links.size() != up.size() - 1
          || links.stream().anyMatch(link -> !link.joined() || !link.peerJoined())) {
        return false;
      }
    }
    return true;
  }

  /** The state of all links, for a person. */
  String links() {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : nodes) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        text.append(' ').append(node.name()).append(' ').append(replica.figures().linkStates());
      }
    }
    return text.toString();
  }
}
