package dev.cets.jdbc;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovery over a table of PostgreSQL, MySQL, MariaDB or H2: each question puts the node on record
 * with its address and the time, and reads which other nodes of the cluster are.
 *
 * <pre>{@code
 * CetsNode.builder("chat-1")
 *     .cluster("chat")
 *     .transport(NettyTransport.port(7800))
 *     .discovery(JdbcDiscovery.builder(dataSource).build())
 *     .start();
 * }</pre>
 *
 * <p>The table is declared in the files {@code postgresql.sql}, {@code mysql.sql} and {@code
 * h2.sql} of this package; create it with them, or by {@link Builder#createTableIfMissing}. Its
 * clusters carry the version of the wire in their names, as in {@code chat/1}, so that nodes which
 * could not talk to each other do not look for each other. A node name is in one cluster only: a
 * node that changes its cluster leaves the former one.
 *
 * <p>Rows that were not refreshed for an hour, by the database's clock, are removed by the other
 * nodes of the cluster. A node that leaves cleanly is no longer told to others, and its number is
 * kept for it as long as that.
 *
 * <p><b>The number.</b> Each node has one, the first from 1 that is free, and keeps it while its
 * row lives, restarts included. Since a row that was removed may be followed by one with another
 * number, {@link #number} is absent as soon as the row may have been removed: when the database has
 * not been reached for that hour. A maker of ids asks for the number each time, or is told by
 * {@link Builder#onNumberChange}, and makes no ids while there is none. Two nodes have one number
 * only if the database's clock jumps by about that hour, or somebody changes the table by hand.
 * Numbers are unique among nodes that speak the same version of the wire.
 *
 * <p>Serves one node. No connection is kept between questions.
 */
public final class JdbcDiscovery implements Discovery {
  /** The table, unless another is named. */
  static final String DEFAULT_TABLE = "cets_discovery_nodes";

  /** As declared in the table. */
  static final int MAX_ADDRESS_CHARS = 300;

  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);

  /** So often a row is refreshed at least before it would be removed. */
  private static final int REFRESHES_PER_EXPIRY = 4;

  /** Less than a node waits for it. */
  private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");

  /** The node that is served. */
  private record Served(Registration registration, int port) {}

  private final TableAccess access;
  private final String description;
  private final Duration expireAfter;
  private final Duration deadline;
  private final @Nullable Runnable onNumberChange;
  private final LongSupplier nanoTime;
  private final Addresses addresses = new Addresses();
  private volatile @Nullable Served served;
  private volatile Lease lease = Lease.NONE;
  private int toldNumber;

  private JdbcDiscovery(Builder builder) {
    access = new TableAccess(builder.connections, builder.table, builder.createTable);
    description = builder.place == null ? "table " + builder.table : builder.place;
    expireAfter = builder.expireAfter;
    deadline = builder.deadline;
    onNumberChange = builder.onNumberChange;
    nanoTime = builder.nanoTime;
  }

  /** Over a pool, or whatever else gives connections that may write. */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource::getConnection, null);
  }

  /**
   * Over the driver of this URL, which is asked for a new connection at each question.
   *
   * @param url such as {@code jdbc:postgresql://host:5432/database}
   * @param user null if the URL says it
   * @param password null if the URL says it, or none is needed
   * @throws IllegalArgumentException if there is no driver for it on the class path, or the driver
   *     cannot read it; that nobody answers there shows when it is asked
   */
  public static Builder builder(String url, @Nullable String user, @Nullable String password) {
    String place = withoutSecrets(url);
    check(driver(url, place), url, place);
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return new Builder(() -> DriverManager.getConnection(url, properties), place);
  }

  private static Driver driver(String url, String place) {
    try {
      return DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "no database driver that is on the class path takes " + place, e);
    }
  }

  /** Drivers read the whole URL in order to tell what else could stand in it. */
  private static void check(Driver driver, String url, String place) {
    try {
      var unused = driver.getPropertyInfo(url, new Properties());
    } catch (SQLException e) {
      // It may show a part of what stands before a host.
      String why = url.indexOf('@') < 0 ? SqlProblem.told(e).getMessage() : "it has an @";
      throw new IllegalArgumentException(
          "the driver cannot read %s: %s".formatted(place, why).replace(url, place), e);
    }
  }

  /** What may be shown of a URL: its options, and what stands before its host, are left out. */
  static String withoutSecrets(String url) {
    return url.replaceFirst("[?;].*", "").replaceFirst("//.*@", "//");
  }

  @Override
  public void started(Self self) {
    Served other = served;
    if (other != null) {
      throw new IllegalStateException(
          "discovery by %s serves node %s already, so it cannot serve node %s"
              .formatted(description, other.registration().node(), self.name()));
    }
    NodeAddress address = self.address();
    if (address == null) {
      throw new IllegalStateException(
          "node %s has no transport, so there is no address to register by %s"
              .formatted(self.name(), description));
    }
    if (address.toString().length() > MAX_ADDRESS_CHARS) {
      throw new IllegalArgumentException(
          "the address of node %s has %d characters; %d are allowed in a table of nodes"
              .formatted(self.name(), address.toString().length(), MAX_ADDRESS_CHARS));
    }
    served =
        new Served(
            new Registration(
                self.cluster() + "/" + self.wireVersion(),
                self.name(),
                address.toString(),
                expireAfter),
            address.port());
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    Served node = served;
    if (node == null) {
      throw new IllegalStateException("no node has been started with discovery by " + description);
    }
    long asked = nanoTime.getAsLong();
    try {
      Registration.Answer answer =
          access.ask(deadline, table -> node.registration().renew(table, lease.number()));
      lease = Lease.taken(answer.number(), asked, expireAfter);
      return addresses.of(answer.others(), node.port());
    } finally {
      tellNumber(node.registration());
    }
  }

  private void tellNumber(Registration registration) {
    int number = number().orElse(0);
    if (number == toldNumber) {
      return;
    }
    if (number == 0) {
      LOG.warn(
          "{}: number {} is no longer its own: the database was not reached for {}",
          registration.node(),
          toldNumber,
          expireAfter);
    } else {
      LOG.info(
          "{}: has number {} in cluster {}", registration.node(), number, registration.cluster());
    }
    toldNumber = number;
    if (onNumberChange != null) {
      try {
        onNumberChange.run();
      } catch (RuntimeException e) {
        LOG.error("{}: what is to run when the number changes failed", registration.node(), e);
      }
    }
  }

  @Override
  public void stopped() throws IOException {
    Served node = served;
    if (node != null) {
      Registration registration = node.registration();
      access.ask(
          deadline.compareTo(LEAVE_DEADLINE) < 0 ? deadline : LEAVE_DEADLINE,
          table -> table.leave(registration));
    }
  }

  /** Is a question under way, maybe one that was given up? */
  boolean isAsking() {
    return access.isAsked();
  }

  /** See the head of this class. */
  @Override
  public OptionalInt number() {
    return lease.number(nanoTime.getAsLong());
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Duration longestInterval() {
    Duration refresh = expireAfter.dividedBy(REFRESHES_PER_EXPIRY);
    return refresh.compareTo(LONGEST_INTERVAL) < 0 ? refresh : LONGEST_INTERVAL;
  }

  /** Describes a table of nodes. */
  public static final class Builder {
    private static final Pattern TABLE =
        Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.){0,2}[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Duration SHORTEST_EXPIRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_EXPIRY = Duration.ofDays(365);
    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(100);
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(30);

    private final Connections connections;
    private final @Nullable String place;
    private String table = DEFAULT_TABLE;
    private boolean createTable;
    private Duration expireAfter = Duration.ofHours(1);
    private Duration deadline = Duration.ofSeconds(10);
    private @Nullable Runnable onNumberChange;
    private LongSupplier nanoTime = System::nanoTime;

    private Builder(Connections connections, @Nullable String place) {
      this.connections = connections;
      this.place = place;
    }

    /**
     * The table's name, maybe with that of its schema and its catalog before it; {@code
     * cets_discovery_nodes} unless told.
     */
    public Builder table(String name) {
      if (!TABLE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "table is '"
                + name
                + "'; a name of A-Z a-z 0-9 _ is needed, with schema and dot before it if need be");
      }
      table = name;
      return this;
    }

    /** Has the first question that does not find the table create it. */
    public Builder createTableIfMissing() {
      createTable = true;
      return this;
    }

    /**
     * How long the node's row, and so its number, stands without a refresh; an hour unless told, 1
     * second to 365 days. It is refreshed four times as often, and every five minutes at least.
     */
    public Builder expireAfter(Duration time) {
      expireAfter = within("expireAfter", time, SHORTEST_EXPIRY, LONGEST_EXPIRY);
      return this;
    }

    /**
     * How long a question may take, from asking for a connection to the answer; 10 s unless told,
     * 100 ms to 30 s.
     */
    public Builder deadline(Duration limit) {
      deadline = within("deadline", limit, SHORTEST_DEADLINE, LONGEST_DEADLINE);
      return this;
    }

    /**
     * Run when {@link JdbcDiscovery#number} is another than before: when there is one, when it is
     * gone, when it changes. On the thread of discovery, which waits for it.
     */
    public Builder onNumberChange(Runnable listener) {
      onNumberChange = listener;
      return this;
    }

    /** For tests: the clock by which a number lapses. */
    Builder nanoTime(LongSupplier clock) {
      nanoTime = clock;
      return this;
    }

    private static Duration within(String name, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            name + " is " + value + "; " + least + " to " + most + " is allowed");
      }
      return value;
    }

    /** The back end, for one node. */
    public JdbcDiscovery build() {
      return new JdbcDiscovery(this);
    }
  }
}
