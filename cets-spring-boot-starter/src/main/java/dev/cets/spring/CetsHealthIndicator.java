package dev.cets.spring;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up when the node has joined, out of service until then; down when another node has its name, and
 * when it is closed. Others that are gone do not make it ill.
 */
final class CetsHealthIndicator implements HealthIndicator {
  private final CetsNode node;
  private final ReadyGate gate;

  CetsHealthIndicator(CetsNode node, ReadyGate gate) {
    this.node = node;
    this.gate = gate;
  }

  @Override
  public Health health() {
    try {
      boolean ready = gate.wasReady();
      NodeStatus status = node.status();
      Health.Builder health = new Health.Builder();
      if (status.state() != NodeState.RUNNING) {
        health.down();
      } else if (ready) {
        health.up();
      } else {
        health.outOfService();
      }
      return health
          .withDetail("cluster", status.cluster())
          .withDetail("node", status.node())
          .withDetail("state", status.state())
          .withDetail("joinedNodes", status.joinedNodes())
          .withDetail("reasons", status.reasons())
          .build();
    } catch (CetsException e) {
      return Health.down(e).withDetail("node", node.name()).build();
    }
  }
}
