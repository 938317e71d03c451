package dev.cets.netty;

import dev.cets.engine.Resolver;
import dev.cets.security.Tls;
import dev.cets.spi.NodeAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How channels are made, sized and ended. The handler of a new channel is put in by the consumers
 * given here and nowhere else, so that encryption has one place to go.
 */
final class Channels {
  /** Below this many waiting bytes a connection is writable again. */
  static final int WRITABLE_BYTES = 256 * 1024;

  /** Above this many it is not. */
  static final int UNWRITABLE_BYTES = 1024 * 1024;

  /** How long a peer may take to take the end of TLS, which nobody waits for. */
  private static final long CLOSE_MILLIS = 500;

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(WRITABLE_BYTES, UNWRITABLE_BYTES);

  private Channels() {}

  /**
   * Puts TLS before the handler of a new channel, if there is to be any.
   *
   * @param dialled what this end has dialled; null if it was dialled
   * @param tasks where certificates are looked at, which takes too long for the loop
   */
  static void secure(
      SocketChannel channel, @Nullable Tls tls, @Nullable NodeAddress dialled, Executor tasks) {
    if (tls == null) {
      return;
    }
    SSLEngine engine;
    if (dialled == null) {
      engine = tls.context().createSSLEngine();
      engine.setUseClientMode(false);
      engine.setSSLParameters(tls.accepting());
    } else {
      engine = tls.context().createSSLEngine(dialled.host(), dialled.port());
      engine.setUseClientMode(true);
      engine.setSSLParameters(tls.dialling(Resolver.isLiteral(dialled.host())));
    }
    SslHandler handler = new SslHandler(engine, false, tasks);
    handler.setHandshakeTimeoutMillis(0); // the time of our own handshake holds for both
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    channel.pipeline().addLast(handler);
  }

  /**
   * Opens a port.
   *
   * @param plain whether what is read goes to our handler at once: TLS keeps pieces, and would hold
   *     the buffer that all channels share
   */
  static ChannelFuture listen(
      NettyLoop loop, InetSocketAddress local, boolean plain, Consumer<SocketChannel> dress) {
    return new ServerBootstrap()
        .group(loop.netty())
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, plain ? loop.readBuffer() : null)
        .childHandler(initializer(dress))
        .bind(local);
  }

  static ChannelFuture dial(
      NettyLoop loop,
      InetSocketAddress remote,
      boolean plain,
      long timeoutNanos,
      Consumer<SocketChannel> dress) {
    return new Bootstrap()
        .group(loop.netty())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .option(ChannelOption.RECVBUF_ALLOCATOR, plain ? loop.readBuffer() : null)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)))
        .handler(initializer(dress))
        .disableResolver()
        .connect(remote);
  }

  private static ChannelHandler initializer(Consumer<SocketChannel> dress) {
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        dress.accept(channel);
      }
    };
  }

  /**
   * Writes length and body, in one buffer of the kind that the socket needs. Handed a buffer on the
   * heap, Netty would make this same copy, and the length would be a second piece to write. A
   * failure goes to the channel's handler.
   */
  static void write(Channel channel, ByteBuffer body) {
    int length = body.remaining();
    ByteBuf frame =
        channel
            .alloc()
            .directBuffer(FrameReader.HEADER_BYTES + length)
            .writeInt(length)
            .writeBytes(body.duplicate());
    var unused = channel.write(frame, channel.voidPromise());
  }

  /**
   * Closes after what was written has gone out, and the peer has seen the end of it; at the latest
   * after the given time. What has piled up for a peer that does not read is given up at once.
   *
   * <p>Closing at once would lose what the kernel has not sent yet, if something unread has come
   * in.
   */
  static void closeGently(SocketChannel channel, long nanos) {
    if (!channel.isActive() || !channel.isWritable()) {
      close(channel);
      return;
    }
    var deadline = channel.eventLoop().schedule(() -> close(channel), nanos, TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> deadline.cancel(false));
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    ChannelFuture written =
        tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    written.addListener(
        sent -> {
          if (sent.isSuccess()) {
            var unused = channel.shutdownOutput();
          } else {
            close(channel);
          }
        });
  }

  static void close(Channel channel) {
    var unused = channel.close();
  }
}
