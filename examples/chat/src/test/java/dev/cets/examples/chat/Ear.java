package dev.cets.examples.chat;

import dev.cets.examples.chat.Audience.Recipient;
import dev.cets.examples.chat.Message.Home;
import dev.cets.examples.chat.Message.Said;
import dev.cets.examples.chat.Message.Servers;
import dev.cets.examples.chat.Message.Welcome;
import dev.cets.examples.chat.Tables.Server;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what somebody is told. */
final class Ear implements Recipient {
  private final List<Message> heard = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Message message) {
    heard.add(message);
  }

  List<Message> heard() {
    return List.copyOf(heard);
  }

  <M extends Message> List<M> heard(Class<M> type) {
    return heard.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<String> said() {
    return heard(Said.class).stream().map(Said::text).toList();
  }

  String token() {
    return heard(Welcome.class).getLast().token();
  }

  /** The nodes that it may go to. */
  List<String> servers() {
    return heard(Servers.class).getLast().servers().stream().map(Server::node).toList();
  }

  Home home() {
    return heard(Home.class).getLast();
  }
}
