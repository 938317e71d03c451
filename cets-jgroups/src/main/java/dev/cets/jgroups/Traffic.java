package dev.cets.jgroups;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;

/** What channels of both sorts have in common: messages and views. */
final class Traffic implements Receiver {
  private final JChannel channel;
  private final Medium.Events events;

  Traffic(JChannel channel, Medium.Events events) {
    this.channel = channel;
    this.events = events;
  }

  /** Reliable and in order, and not under JGroups' flow control, which makes senders wait. */
  static Message message(Address to, byte[] packet) {
    return new BytesMessage(to, packet).setFlag(Message.Flag.NO_FC, Message.Flag.NO_RELAY);
  }

  @Override
  public void receive(Message message) {
    byte[] array = message.getArray();
    if (array != null && message.getSrc() != null) {
      events.received(message.getSrc(), array, message.getOffset(), message.getLength());
    }
  }

  @Override
  public void receive(MessageBatch batch) {
    for (Message message : batch) {
      receive(message);
    }
  }

  @Override
  public void viewAccepted(View view) {
    Set<Address> members = new HashSet<>(view.getMembers());
    members.remove(channel.getAddress());
    events.members(members);
  }

  static @Nullable InetSocketAddress physical(JChannel channel, @Nullable Address member) {
    Object found =
        member == null ? null : channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
    return found instanceof PhysicalAddress address ? socket(address) : null;
  }

  static List<Address> members(JChannel channel) {
    View view = channel.getView();
    return view == null ? List.of() : view.getMembers();
  }

  private static @Nullable InetSocketAddress socket(PhysicalAddress address) {
    return address instanceof IpAddress ip && ip.getIpAddress() != null && ip.getPort() > 0
        ? new InetSocketAddress(ip.getIpAddress(), ip.getPort())
        : null;
  }
}
