package dev.cets.jgroups;

import dev.cets.testrules.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;

/** Channels as a service has them: TCP with a group, flow control and fragments. */
final class Group {
  private final int port = Ports.free();

  /** The next member that is made listens where all look for others. */
  private boolean first = true;

  /** Looks for others at these ports of 127.0.0.1. */
  static TCPPING at(int... ports) {
    InetAddress host = InetAddress.getLoopbackAddress();
    List<InetSocketAddress> hosts =
        Arrays.stream(ports).mapToObj(port -> new InetSocketAddress(host, port)).toList();
    return new TCPPING().<TCPPING>initialHosts(hosts).portRange(0);
  }

  /** A channel that is not connected. */
  JChannel channel(String name) throws Exception {
    int own = first ? port : Ports.free();
    first = false;
    TCP tcp = new TCP();
    tcp.setBindAddress(InetAddress.getLoopbackAddress()).setBindPort(own).setPortRange(0);
    tcp.enableSuspectEvents(true);
    JChannel channel =
        new JChannel(
            tcp,
            at(port),
            new MERGE3().setMinInterval(500).setMaxInterval(1_000),
            new FD_ALL3().setTimeout(8_000).setInterval(2_000),
            new VERIFY_SUSPECT2().setTimeout(200),
            new NAKACK2().useMcastXmit(false),
            new UNICAST3(),
            new STABLE(),
            new GMS().setJoinTimeout(500).printLocalAddress(false),
            new UFC(),
            new MFC(),
            new FRAG4());
    return channel.setName(name);
  }
}
