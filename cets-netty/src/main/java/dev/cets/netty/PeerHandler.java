package dev.cets.netty;

import dev.cets.spi.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel from its first byte to its last, accepted or dialled.
 *
 * <pre>
 * stage        event                                next
 * HELLO        hello of a peer, this one decides    ESTABLISHED (accepts) or OVER (refuses)
 * HELLO        hello of a peer that decides         VERDICT
 * HELLO        own hello                            OVER
 * VERDICT      accepted                             ESTABLISHED
 * VERDICT      refused                              OVER
 * any          closed, broken, garbage, too late    OVER
 * </pre>
 */
final class PeerHandler extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
  private static final int MAX_HANDSHAKE_BYTES = 1024;

  private enum Stage {
    HELLO,
    VERDICT,
    ESTABLISHED,
    OVER
  }

  private final Switchboard switchboard;
  private final SocketChannel channel;
  private final Outcome outcome;
  private final FrameReader reader = new FrameReader(MAX_HANDSHAKE_BYTES);
  private Stage stage = Stage.HELLO;
  private @Nullable Future<?> timeout;
  private @Nullable Hello peer;
  private @Nullable NettyConnection connection;

  PeerHandler(Switchboard switchboard, SocketChannel channel, Outcome outcome) {
    this.switchboard = switchboard;
    this.channel = channel;
    this.outcome = outcome;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (Objects.equals(channel.localAddress(), channel.remoteAddress())) {
      // Dialling a free local port, the kernel may choose that very port for this end, too.
      fail("connection refused");
      return;
    }
    long nanos = switchboard.settings().handshakeTimeoutNanos();
    timeout =
        channel
            .eventLoop()
            .schedule(
                () -> fail("no handshake within " + Reasons.duration(nanos)),
                nanos,
                TimeUnit.NANOSECONDS);
    Channels.write(channel, switchboard.own().encode());
    channel.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (stage != Stage.OVER) {
        reader.read(in, this);
      }
    } catch (FrameReader.TooLargeException e) {
      broken(connection == null ? "sent something else than a CETS handshake" : Reasons.of(e));
    } finally {
      in.release();
    }
  }

  @Override
  public boolean frame(ByteBuffer frame) {
    NettyConnection established = connection;
    if (established == null) {
      handshake(frame);
      return stage != Stage.OVER;
    }
    if (established.ended()) {
      return false;
    }
    switchboard.listener().received(established, frame);
    return true;
  }

  private void handshake(ByteBuffer frame) {
    try {
      Hello known = peer;
      if (known == null) {
        met(Hello.decode(frame));
      } else {
        heard(Verdict.decode(frame), known);
      }
    } catch (HandshakeException e) {
      fail(Reasons.of(e));
    }
  }

  private void met(Hello hello) {
    peer = hello;
    outcome.greeted(hello);
    switch (switchboard.meet(hello.engine())) {
      case SELF -> {
        over();
        Channels.close(channel);
        outcome.self();
      }
      case ACCEPT -> {
        Channels.write(channel, Verdict.ACCEPT.encode());
        establish(hello);
        channel.flush();
      }
      case REFUSE -> {
        over();
        Channels.write(channel, Verdict.ALREADY_CONNECTED.encode());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        outcome.alreadyConnected(hello);
      }
      case AWAIT_VERDICT -> stage = Stage.VERDICT;
    }
  }

  private void heard(Verdict verdict, Hello hello) {
    switch (verdict) {
      case ACCEPT -> establish(hello);
      case ALREADY_CONNECTED -> {
        over();
        Channels.close(channel);
        outcome.alreadyConnected(hello);
      }
    }
  }

  private void establish(Hello hello) {
    if (stage == Stage.OVER) {
      return; // writing the verdict found the channel closed
    }
    over();
    stage = Stage.ESTABLISHED;
    reader.limit(Transport.MAX_FRAME_BYTES);
    NettyConnection established = switchboard.newConnection(channel, hello);
    connection = established;
    switchboard.established(established);
    outcome.established();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (connection != null && channel.isWritable()) {
      connection.hasRoom();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken(connection == null ? "closed the connection in the handshake" : "closed by the peer");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("Unexpected error on the connection with {}", channel.remoteAddress(), cause);
    }
    broken(Reasons.of(cause));
  }

  private void broken(String reason) {
    if (connection == null) {
      fail(reason);
    } else {
      connection.end(reason);
      stage = Stage.OVER;
      Channels.close(channel);
    }
  }

  private void fail(String reason) {
    if (stage == Stage.HELLO || stage == Stage.VERDICT) {
      over();
      Channels.close(channel);
      outcome.failed(reason);
    }
  }

  private void over() {
    stage = Stage.OVER;
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
    }
  }
}
