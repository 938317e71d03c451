package dev.cets.replication;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one table of this node tells of itself, for the status; on the loop. */
public final class TableFigures<K, R> {
  /** For so long the sets of nodes may differ while joins and losses are noticed. */
  private static final int OTHER_NODES_BEATS = 5;

  private final Replication node;
  private final Intake<K, R> intake;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private final Leadership<K, R> leadership;
  private final Comparing<K, R> comparing;

  TableFigures(
      Replication node,
      Intake<K, R> intake,
      WriteLog<K, R> log,
      Links<K, R> links,
      Leadership<K, R> leadership,
      Comparing<K, R> comparing) {
    this.node = node;
    this.intake = intake;
    this.log = log;
    this.links = links;
    this.leadership = leadership;
    this.comparing = comparing;
  }

  /** How many writes of this node are not yet applied everywhere. */
  public int unacknowledgedWrites() {
    return log.size();
  }

  /** Their bytes. */
  public long unacknowledgedBytes() {
    return log.bytes();
  }

  /** How many records readers see. */
  public int records() {
    return intake.store().size();
  }

  /** How many are held, and not seen. */
  public int hiddenRecords() {
    return Math.max(0, intake.store().keys() - intake.store().size());
  }

  /** The state of each link, by the peer's name. */
  public Map<String, String> linkStates() {
    Map<String, String> states = new TreeMap<>();
    links.all().forEach(link -> states.put(link.peer().name(), link.describe()));
    return states;
  }

  /** All that is known of its links. */
  public List<LinkView> linkViews() {
    return links.views(node.now(), OTHER_NODES_BEATS * node.settings().beat().toNanos());
  }

  /** How many versions comparisons had to mend here. */
  public long mended() {
    return comparing.mended();
  }

  /** The name of the node that serialises, as this node sees it. */
  public String leader() {
    return leadership.name();
  }

  /** The links over which this node, or the other one, still has to be filled. */
  public List<LinkView> unfilled() {
    return linkViews().stream()
        .filter(
            link -> !link.state().equals(Replication.JOINED) && !Replication.isApart(link.state()))
        .toList();
  }

  /** Is everything here that the accepted peers which have this table hold, and the other way? */
  public boolean isJoinedWithAll() {
    return links.all().stream().allMatch(link -> link.isJoinedBothWays() || link.isRefused());
  }

  /** How many versions are held without their record, since their owner has been away for long. */
  public int bareVersions() {
    int bare = 0;
    for (Origin origin : intake.origins()) {
      bare += origin.bare();
    }
    return bare;
  }

  /** The names of the nodes that are joined, this one included. */
  public List<String> joinedNodes() {
    return links.joinedNodes();
  }
}
