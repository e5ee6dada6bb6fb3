package io.hakmem.netty;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** An HTTP server over loopback on one event loop, whose answers have the bytes of the requests. */
final class HttpEcho implements AutoCloseable {

  private static final int LONGEST_BODY_BYTES = 1 << 20;

  private final Predicate<ByteBuf> isExpected;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final long loopThread;
  private final Channel channel;
  private final AtomicLong expected = new AtomicLong();
  private final AtomicLong others = new AtomicLong();

  /**
   * Starts it.
   *
   * @param isExpected is asked of each direct buffer that comes from a socket or goes to one
   */
  HttpEcho(ByteBufAllocator allocator, Predicate<ByteBuf> isExpected)
      throws InterruptedException, ExecutionException {
    this.isExpected = isExpected;
    loopThread = loop.submit(() -> Thread.currentThread().threadId()).get();
    channel =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, allocator)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(new Pipeline())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {

    @Override
    protected void initChannel(SocketChannel client) {
      client
          .pipeline()
          .addLast(
              new Watch(),
              new HttpServerCodec(),
              new HttpObjectAggregator(LONGEST_BODY_BYTES),
              new Answer());
    }
  }

  /** Looks at the buffers of a socket. */
  private final class Watch extends ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      look(message);
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      look(message);
      var _ = context.write(message, promise);
    }

    private void look(Object message) {
      if (message instanceof ByteBuf buffer && buffer.isReadable()) {
        (isExpected.test(buffer) ? expected : others).incrementAndGet();
      }
    }
  }

  private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      int bytes = request.content().readableBytes();
      ByteBuf body = context.alloc().buffer(bytes).writeBytes(request.content());
      FullHttpResponse answer =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
      answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes);
      var _ = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Buffers at the sockets so far that were as expected. */
  long expected() {
    return expected.get();
  }

  /** Those that were not. */
  long others() {
    return others.get();
  }

  /** Bytes of Java heap that the event loop has allocated so far. */
  long javaHeapBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(loopThread);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
