package dev.cets.netty;

import dev.cets.engine.Proof;
import dev.cets.engine.TlsReasons;
import dev.cets.security.Secret;
import dev.cets.spi.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel from its first byte to its last, accepted or dialled.
 *
 * <pre>
 * stage        event                                next
 * HELLO        hello of a peer, with a secret here  PROOF
 * HELLO        hello of a peer, without one         as proven
 * PROOF        proof that the peer knows it, too    as proven
 * PROOF        anything else                        OVER
 * proven       this one decides                     ESTABLISHED (accepts) or OVER (refuses)
 * proven       the peer decides                     VERDICT
 * proven       it is this one itself                OVER
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
    PROOF,
    VERDICT,
    ESTABLISHED,
    OVER
  }

  private final Switchboard switchboard;
  private final SocketChannel channel;
  private final boolean dialled;
  private final Outcome outcome;
  private final @Nullable Proof proof;
  private final FrameReader reader = new FrameReader(MAX_HANDSHAKE_BYTES);
  private Stage stage = Stage.HELLO;
  private @Nullable Future<?> timeout;
  private @Nullable Hello peer;
  private @Nullable NettyConnection connection;

  /**
   * For a new channel.
   *
   * @param dialled by this end
   */
  PeerHandler(Switchboard switchboard, SocketChannel channel, boolean dialled, Outcome outcome) {
    this.switchboard = switchboard;
    this.channel = channel;
    this.dialled = dialled;
    this.outcome = outcome;
    Secret secret = switchboard.settings().secret();
    proof = secret == null ? null : new Proof(secret, dialled, switchboard.own().encodeForProof());
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
    Channels.write(
        channel, proof == null ? switchboard.own().encode() : ByteBuffer.wrap(proof.hello()));
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
      refuse(connection == null ? "sent something else than a CETS handshake" : Reasons.of(e));
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
        greeted(frame);
      } else if (stage == Stage.PROOF) {
        proven(frame, known);
      } else {
        heard(Verdict.decode(frame), known);
      }
    } catch (HandshakeException e) {
      refuse(Reasons.of(e));
    }
  }

  private void greeted(ByteBuffer frame) throws HandshakeException {
    byte[] whole = bytes(frame);
    Hello hello = Hello.decode(frame);
    boolean proves = Hello.isNonce(frame);
    peer = hello;
    if (proof == null) {
      if (proves) {
        throw new HandshakeException("asks for a cluster secret; this node has none");
      }
      met(hello);
      return;
    }
    if (!proves) {
      throw new HandshakeException("has no cluster secret; this node asks for one");
    }
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    SSLSession session = tls == null ? null : tls.engine().getSession();
    proof.heard(whole, certificate(session, true), certificate(session, false));
    stage = Stage.PROOF;
    if (dialled) {
      prove(proof);
    }
  }

  private void proven(ByteBuffer frame, Hello hello) throws HandshakeException {
    if (proof == null || !proof.isProven(bytes(frame))) {
      throw new HandshakeException("does not know the cluster's secret");
    }
    if (!dialled) {
      prove(proof);
    }
    met(hello);
  }

  private void prove(Proof mine) {
    Channels.write(channel, ByteBuffer.wrap(mine.own()));
    channel.flush();
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] certificate(@Nullable SSLSession session, boolean own)
      throws HandshakeException {
    if (session == null) {
      return new byte[0];
    }
    try {
      Certificate @Nullable [] chain =
          own ? session.getLocalCertificates() : session.getPeerCertificates();
      if (chain == null) {
        throw new HandshakeException("asks for no certificate; a node does");
      }
      return chain[0].getEncoded();
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      throw new HandshakeException("shows no certificate", e);
    }
  }

  private void met(Hello hello) {
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

  /** TLS tells here why it failed, before it closes the channel. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      caught(handshake.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    caught(
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
  }

  private void caught(Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("Unexpected error on the connection with {}", channel.remoteAddress(), cause);
    }
    if (cause instanceof SSLException && !TlsReasons.isOfPeer(cause)) {
      refuse(TlsReasons.of(cause));
    } else {
      broken(cause instanceof SSLException ? TlsReasons.of(cause) : Reasons.of(cause));
    }
  }

  /** What came is wrong, not only missing: told aloud, also by the end that has dialled. */
  private void refuse(String reason) {
    if (dialled && inHandshake()) {
      switchboard.refused(channel, reason);
    }
    broken(reason);
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
    if (inHandshake()) {
      over();
      Channels.close(channel);
      outcome.failed(reason);
    }
  }

  private boolean inHandshake() {
    return stage == Stage.HELLO || stage == Stage.PROOF || stage == Stage.VERDICT;
  }

  private void over() {
    stage = Stage.OVER;
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
    }
  }
}
