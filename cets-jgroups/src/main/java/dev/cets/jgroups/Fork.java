package dev.cets.jgroups;

import java.util.function.Function;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.fork.ForkChannel;
import org.jgroups.fork.ForkProtocolStack;
import org.jgroups.fork.UnknownForkHandler;
import org.jgroups.protocols.FORK;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jspecify.annotations.Nullable;

/**
 * A fork of a channel that a service uses for itself. The service's channel is left as it is, but
 * for JGroups' FORK on top of its stack if there is none.
 *
 * @param main the service's
 * @param name of the fork, the same on all nodes
 */
record Fork(JChannel main, String name) implements GivenMedium.Source {
  @Override
  public String description() {
    return "a fork '" + name + "' of the channel " + main.getClusterName();
  }

  @Override
  public JChannel open(String nodeName, Function<JChannel, Traffic> receiver) throws Exception {
    if (!main.isConnected()) {
      throw new IllegalStateException("the channel is not connected; connect it before");
    }
    // What ForkChannel itself locks on when it makes FORK.
    synchronized (main) {
      FORK existing = main.getProtocolStack().findProtocol(FORK.class);
      if (existing != null && isTaken(existing)) {
        throw new IllegalStateException("another node uses a fork of that name");
      }
      Class<? extends Protocol> top = main.getProtocolStack().getTopProtocol().getClass();
      ForkChannel fork = new ForkChannel(main, name, name, true, ProtocolStack.Position.ABOVE, top);
      FORK used = main.getProtocolStack().findProtocol(FORK.class);
      if (existing == null && used != null) {
        used.setUnknownForkHandler(new Unknown(name, used.getUnknownForkHandler()));
      }
      fork.setReceiver(receiver.apply(fork));
      fork.connect(name);
      return fork;
    }
  }

  private boolean isTaken(FORK existing) {
    Protocol bottom = existing.get(name);
    ForkProtocolStack stack = bottom == null ? null : FORK.getForkStack(bottom);
    return stack != null && stack.get(name) != null;
  }

  @Override
  public void close(JChannel opened) {
    opened.close();
  }

  /**
   * That a member has no node, or none any more, is no news: whoever greets it will cease. For
   * other forks JGroups' own way stays.
   */
  private record Unknown(String ours, @Nullable UnknownForkHandler other)
      implements UnknownForkHandler {
    @Override
    public @Nullable Object handleUnknownForkStack(Message message, String stack) {
      return other == null || stack.equals(ours)
          ? null
          : other.handleUnknownForkStack(message, stack);
    }

    @Override
    public @Nullable Object handleUnknownForkChannel(Message message, String channel) {
      return other == null || channel.equals(ours)
          ? null
          : other.handleUnknownForkChannel(message, channel);
    }
  }
}
