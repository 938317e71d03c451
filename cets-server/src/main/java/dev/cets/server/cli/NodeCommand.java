package dev.cets.server.cli;

import dev.cets.server.console.Terminal;
import dev.cets.server.daemon.AdvertiseOption;
import dev.cets.server.daemon.DaemonException;
import dev.cets.server.daemon.DiscoveryOption;
import dev.cets.server.daemon.Engine;
import dev.cets.server.daemon.NodeDaemon;
import dev.cets.server.daemon.NodeSettings;
import dev.cets.server.daemon.TableOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The daemon. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a node of JSON tables that serves HTTP, until it is told to end (SIGTERM, Ctrl-C).",
      "Prints one line 'ready name=N http=H port=P' when HTTP serves; discovery goes on."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {
      "0:told to end",
      "1:failed, or another node of its name lives",
      "2:a setting that cannot be; nothing was started"
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  ./cets node --name n1 --table places:set:id",
      "  ./cets node --name n2 --port 7802 --http 7882 --discovery static:127.0.0.1:7801 --table"
          + " places:set:id",
      "  ./cets node --name n1 --config node.yaml"
    })
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class NodeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      required = true,
      converter = NodeConverters.NodeName.class,
      description = "Unlike every other node's, and the same after a restart.")
  private String name;

  @Option(
      names = "--cluster",
      defaultValue = "cets",
      converter = NodeConverters.ClusterName.class,
      description = "Nodes of other clusters are refused (default: ${DEFAULT-VALUE}).")
  private String cluster;

  @Option(
      names = "--engine",
      paramLabel = "netty|jgroups",
      defaultValue = "netty",
      converter = NodeConverters.Engines.class,
      description =
          "What carries the frames between nodes, the same on all of them (default:"
              + " ${DEFAULT-VALUE}).")
  private Engine engine;

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      converter = NodeConverters.Host.class,
      description =
          "The local address to listen on, for nodes and HTTP (default: ${DEFAULT-VALUE}).")
  private String bind;

  @Option(
      names = "--http-bind",
      paramLabel = "HOST",
      converter = NodeConverters.Host.class,
      description = "The local address to listen on for HTTP (default: that of --bind).")
  private @Nullable String httpBind;

  @Option(
      names = "--advertise",
      paramLabel = "HOST[:PORT]",
      converter = NodeConverters.Advertise.class,
      description = "The address that other nodes are told (default: the bound one).")
  private @Nullable AdvertiseOption advertise;

  @Option(
      names = "--port",
      defaultValue = "0",
      converter = NodeConverters.Port.class,
      description = "The port for other nodes; 0, the default, takes a free one.")
  private int port;

  @Option(
      names = "--http",
      paramLabel = "PORT",
      defaultValue = "7880",
      converter = NodeConverters.Port.class,
      description = "The port for HTTP; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int http;

  @Option(
      names = "--discovery",
      paramLabel = "file:PATH|static:HOST:PORT,...|dns:NAME[:PORT][@SERVER]|jdbc:URL",
      converter = NodeConverters.Discoveries.class,
      description = {
        "Whom to look for; may be given several times, and all answers count.",
        "dns:NAME asks for the addresses of a name, whose nodes have this one's port or the given",
        "one; a name that begins with _ is a service (SRV).",
        "jdbc:postgresql://... or jdbc:mariadb://... (MySQL too) registers this node in a table."
      })
  private List<DiscoveryOption> discoveries = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "NAME:set|ordered|bag:KEYFIELD[:keep]",
      converter = NodeConverters.Tables.class,
      description = {
        "A table, its type, and the field of a record that is its key; may be given several times.",
        "A set has one record per key, an ordered one reads ranges of keys, a bag has several",
        "records per key.",
        "With :keep the records of a node that goes down stay, otherwise they go: after",
        ":grace=TIME, and are held whole for :retention=TIME more in case it comes back."
      })
  private List<TableOption> tables = new ArrayList<>();

  @Mixin private JdbcOptions database;

  @Mixin private TimeOptions times;

  @Mixin private LimitOptions limits;

  @Mixin private ProtectionOptions protection;

  /** For the help alone: its content is put among the arguments before they are parsed. */
  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = {
        "Options in a file, as in 'name: n1', a list for one that may be given several times.",
        "Each option can also be an environment variable, as in CETS_NAME. The command line wins",
        "over the environment, and that over the file."
      })
  @SuppressWarnings("UnusedVariable")
  private @Nullable Path config;

  /** So that the processes of a demo or a test never outlive what started them. */
  @Option(names = "--until-input-ends", hidden = true)
  private boolean untilInputEnds;

  NodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonException {
    NodeDaemon daemon = start();
    Thread leaving = new Thread(() -> leave(daemon), "leave");
    Runtime.getRuntime().addShutdownHook(leaving);
    terminal
        .out()
        .println(
            "ready name=%s http=%d port=%d"
                .formatted(daemon.name(), daemon.httpPort(), daemon.port()));
    CompletableFuture<String> end = daemon.stopped();
    if (untilInputEnds) {
      end = end.applyToEither(endOfInput(), reason -> reason);
    }
    String reason = end.join();
    if (!reason.isEmpty()) {
      Runtime.getRuntime().removeShutdownHook(leaving);
      daemon.close();
      throw new DaemonException(reason);
    }
    return 0;
  }

  private NodeSettings settings() {
    try {
      return new NodeSettings(
          name,
          cluster,
          engine,
          bind,
          httpBind == null ? bind : httpBind,
          advertise,
          port,
          http,
          discoveries.stream().map(option -> option.backEnd(port, database.settings())).toList(),
          tables,
          protection.protection(),
          node -> limits.applyTo(times.applyTo(node)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private NodeDaemon start() throws DaemonException {
    NodeSettings settings = settings();
    try {
      return NodeDaemon.start(settings);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** To be told to end is not a failure, so the exit code is not that of a killed process. */
  private static void leave(NodeDaemon daemon) {
    daemon.close();
    Runtime.getRuntime().halt(0);
  }

  /** Done, with no reason to complain of, when nothing can come from standard input any more. */
  private static CompletableFuture<String> endOfInput() {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("end of input")
        .start(
            () -> {
              try (InputStream in = System.in) {
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // An input that cannot be read has ended.
              }
              ended.complete("");
            });
    return ended;
  }
}
