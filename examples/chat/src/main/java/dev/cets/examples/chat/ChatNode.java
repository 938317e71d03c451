package dev.cets.examples.chat;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.NodeState;
import dev.cets.netty.NettyTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of the chat: {@code ChatNode NAME PORT HTTP-PORT NODES-FILE}. A port of 0 is any free
 * one; in the file are the addresses of nodes, which may come later. It ends when its input does,
 * so that no node is left behind by whatever has started it.
 */
public final class ChatNode {
  private static final Logger log = LoggerFactory.getLogger(ChatNode.class);
  private static final Duration READY_LIMIT = Duration.ofSeconds(30);

  private ChatNode() {}

  /** Prints {@code ready}, the node's port and its URL when people can come. */
  public static void main(String[] args) throws IOException {
    try {
      start(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
    } catch (CetsException | IOException e) {
      System.err.println(args[0] + " cannot start: " + e.getMessage());
      System.exit(1);
    }
    while (System.in.read() >= 0) {} // nothing to read; only its end counts
    System.exit(0);
  }

  private static void start(String name, int port, int httpPort, Path nodes) throws IOException {
    CetsNode node =
        CetsNode.builder(name)
            .cluster("chat")
            .transport(NettyTransport.port(port))
            .discovery(Discoveries.file(nodes))
            .onState(ChatNode::endUnlessRunning)
            .start();
    var chat = new Chat(node, InstantSource.system());
    node.awaitReady(READY_LIMIT);
    chat.agree();
    ChatServer server = ChatServer.start(chat, httpPort);
    chat.announce(server.url());
    ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    var unused = looks.scheduleWithFixedDelay(() -> look(chat), 1, 1, TimeUnit.SECONDS);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  looks.shutdownNow();
                  node.close(); // leaves: what lives with it goes at once, on every node
                }));
    System.out.printf("ready %d %s%n", Objects.requireNonNull(node.address()).port(), server.url());
  }

  private static void look(Chat chat) {
    try {
      chat.look();
    } catch (CetsException e) {
      log.info("rooms are looked after again in a second: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("rooms could not be looked after", e);
    }
  }

  /** Two nodes of one name cannot be in a cluster. */
  private static void endUnlessRunning(NodeState state) {
    if (state != NodeState.RUNNING) {
      System.err.println("another node has this name: " + state);
      System.exit(1);
    }
  }
}
