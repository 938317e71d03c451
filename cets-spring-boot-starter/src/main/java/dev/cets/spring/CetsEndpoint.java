package dev.cets.spring;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NodeStatus;
import dev.cets.TableStatus;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/cets}: what the node knows of its cluster, its tables and their links. */
@Endpoint(id = "cets")
public class CetsEndpoint {
  private final CetsNode node;

  /** Of this node. */
  public CetsEndpoint(CetsNode node) {
    this.node = node;
  }

  /**
   * At this moment.
   *
   * @throws CetsException if the node is closed
   */
  @ReadOperation
  public Report report() {
    return new Report(node.status(), node.tables());
  }

  /**
   * What is shown.
   *
   * @param node its view of the cluster
   * @param tables the tables that are open here, with their links
   */
  public record Report(NodeStatus node, List<TableStatus> tables) {}
}
