package dev.cets.jgroups;

import java.util.function.Function;
import org.jgroups.JChannel;

/**
 * A channel that an application has configured for CETS alone.
 *
 * @param main not connected yet; connected and closed with the transport
 */
record Dedicated(JChannel main) implements GivenMedium.Source {
  private static final String CLUSTER = "cets";

  @Override
  public String description() {
    return "the channel";
  }

  @Override
  public JChannel open(String nodeName, Function<JChannel, Traffic> receiver) throws Exception {
    if (main.isConnected()) {
      throw new IllegalStateException("the channel is in use; take a fork of it");
    }
    if (main.getName() == null) {
      main.setName(nodeName);
    }
    main.setReceiver(receiver.apply(main));
    return main.connect(CLUSTER);
  }

  @Override
  public void close(JChannel opened) {
    opened.close();
  }
}
