package dev.cets.jdbc;

import dev.cets.spi.Discovery;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one node on record.
 *
 * <p>Whoever wants a number looks which are taken and takes the first that is not; if another node
 * takes the same in that moment, the table's constraint lets one of them, and the other looks
 * again. So somebody gets on in each round.
 *
 * @param cluster as the table knows it
 * @param node its name
 * @param address where it is reached
 * @param expireAfter how long its row stands without a refresh
 */
record Registration(String cluster, String node, String address, Duration expireAfter) {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");

  /** So many nodes may begin at once, each of them losing to all others, for one to fail. */
  static final int MAX_ATTEMPTS = 100;

  /**
   * What the table says.
   *
   * @param number the node's own
   * @param others all nodes but this one that are present
   */
  record Answer(int number, List<Row> others) {}

  /**
   * Refreshes the node's row, or makes one, and tells of the others.
   *
   * @param formerNumber what it is given if that is free; 0: any
   */
  Answer renew(NodeTable table, int formerNumber) throws SQLException, IOException {
    List<String> expired = table.expire(this);
    if (!expired.isEmpty()) {
      LOG.warn("{}: nodes that were not heard of are taken off the record: {}", node, expired);
    }
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (table.refresh(this) || enter(table, formerNumber)) {
        List<Row> rows = table.rows(cluster);
        for (Row row : rows) {
          if (row.node().equals(node)) {
            return new Answer(row.number(), others(rows));
          }
        }
      }
    }
    throw new IOException(
        "no number could be had in %d attempts, others were faster".formatted(MAX_ATTEMPTS));
  }

  long expireMillis() {
    return expireAfter.toMillis();
  }

  /** False if another node was faster. */
  private boolean enter(NodeTable table, int formerNumber) throws SQLException, IOException {
    Set<Integer> taken = table.rows(cluster).stream().map(Row::number).collect(Collectors.toSet());
    int number =
        formerNumber > 0 && !taken.contains(formerNumber) ? formerNumber : firstFree(taken);
    try {
      if (!table.move(this, number)) {
        table.insert(this, number);
      }
      return true;
    } catch (SQLException e) {
      if (SqlProblem.isLostRace(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The lowest number from 1 that is not taken. */
  static int firstFree(Set<Integer> taken) {
    int number = 1;
    while (taken.contains(number)) {
      number++;
    }
    return number;
  }

  private List<Row> others(List<Row> rows) throws IOException {
    List<Row> others = new ArrayList<>();
    for (Row row : rows) {
      if (row.present() && !row.node().equals(node)) {
        others.add(row);
      }
    }
    if (others.size() > Discovery.MAX_ADDRESSES) {
      throw new IOException(
          "%d other nodes of cluster %s are on record; at most %d are allowed"
              .formatted(others.size(), cluster, Discovery.MAX_ADDRESSES));
    }
    return others;
  }
}
