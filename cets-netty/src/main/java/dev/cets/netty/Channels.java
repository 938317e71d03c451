package dev.cets.netty;

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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How channels are made, sized and ended. The handler of a new channel is put in by the consumers
 * given here and nowhere else, so that encryption has one place to go.
 */
final class Channels {
  /** Below this many waiting bytes a connection is writable again. */
  static final int WRITABLE_BYTES = 256 * 1024;

  /** Above this many it is not. */
  static final int UNWRITABLE_BYTES = 1024 * 1024;

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(WRITABLE_BYTES, UNWRITABLE_BYTES);

  private Channels() {}

  static ChannelFuture listen(
      NettyLoop loop, InetSocketAddress local, Consumer<SocketChannel> dress) {
    return new ServerBootstrap()
        .group(loop.netty())
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, loop.readBuffer())
        .childHandler(initializer(dress))
        .bind(local);
  }

  static ChannelFuture dial(
      NettyLoop loop, InetSocketAddress remote, long timeoutNanos, Consumer<SocketChannel> dress) {
    return new Bootstrap()
        .group(loop.netty())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .option(ChannelOption.RECVBUF_ALLOCATOR, loop.readBuffer())
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
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
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
