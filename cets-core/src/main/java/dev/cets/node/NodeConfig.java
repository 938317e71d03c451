package dev.cets.node;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.Witness;
import dev.cets.spi.Discovery;
import dev.cets.spi.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a node is to be. */
public final class NodeConfig {
  private static final int MAX_NAME_LENGTH = 100;

  private final String name;
  private final List<Discovery> discoveries = new ArrayList<>();
  private final List<LossHandler> nodeDownHandlers = new ArrayList<>();
  private final List<Consumer<RunState>> stateHandlers = new ArrayList<>();
  private String cluster = "cets";
  private @Nullable Transport transport;
  private @Nullable Executor callbackExecutor;
  private DiscoveryIntervals discoveryIntervals = DiscoveryIntervals.DEFAULTS;
  private Settings settings = Settings.DEFAULTS;
  private Rules rules = Rules.ALL;
  private Witness witness = Witness.NONE;

  /** With a checked name. */
  public NodeConfig(String name) {
    this.name = checkedName("node", name);
  }

  private static String checkedName(String what, String name) {
    if (name.length() > MAX_NAME_LENGTH || !name.matches("[A-Za-z0-9._@:-]+")) {
      throw new IllegalArgumentException(
          what + " name is '" + name + "'; 1 to 100 of A-Z a-z 0-9 . _ - @ : are allowed");
    }
    return name;
  }

  /** Its cluster. */
  public void cluster(String clusterName) {
    cluster = checkedName("cluster", clusterName);
  }

  /** How it reaches others. */
  public void transport(Transport used) {
    transport = used;
  }

  /** Whom it looks for, one more. */
  public void discovery(Discovery discovery) {
    discoveries.add(discovery);
  }

  /** Changes when discovery is asked. */
  public void discoveryIntervals(UnaryOperator<DiscoveryIntervals> change) {
    discoveryIntervals = change.apply(discoveryIntervals);
  }

  DiscoveryIntervals discoveryIntervals() {
    return discoveryIntervals;
  }

  /** Who is told that a table, whichever it is, lost a node; one more. */
  public void nodeDownHandler(LossHandler handler) {
    nodeDownHandlers.add(handler);
  }

  /** Who is told of each change of its state; one more. */
  public void stateHandler(Consumer<RunState> handler) {
    stateHandlers.add(handler);
  }

  List<Consumer<RunState>> stateHandlers() {
    return List.copyOf(stateHandlers);
  }

  List<LossHandler> nodeDownHandlers() {
    return List.copyOf(nodeDownHandlers);
  }

  /** Changes the limits and times. */
  public void settings(UnaryOperator<Settings> change) {
    settings = change.apply(settings);
  }

  /** Where callbacks run. */
  public void callbackExecutor(Executor executor) {
    callbackExecutor = executor;
  }

  /** For simulators only: a rule is broken on purpose. */
  public void rules(Rules kept) {
    rules = kept;
  }

  /** For simulators only: sees what happens to writes. */
  public void witness(Witness sees) {
    witness = sees;
  }

  Witness witness() {
    return witness;
  }

  String name() {
    return name;
  }

  String cluster() {
    return cluster;
  }

  List<Discovery> discoveries() {
    return List.copyOf(discoveries);
  }

  Transport transport() {
    Transport used = transport;
    return used == null ? new SoloTransport(name) : used;
  }

  @Nullable Executor callbackExecutor() {
    return callbackExecutor;
  }

  /**
   * Checks what must go together.
   *
   * @throws IllegalArgumentException with one sentence
   */
  public void checkTogether() {
    settings.checkTogether();
  }

  Settings settings() {
    return settings;
  }

  Rules rules() {
    return rules;
  }
}
