package com.example.netty;

import io.hakmem.HakAllocator;
import io.hakmem.netty.HakByteBufAllocator;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Echoes a word over loopback; server and client have their buffers from HAKMEM. */
public final class EchoServer {

  private static final long LONGEST_SECONDS = 30;

  private EchoServer() {}

  /** Prints what came back, and what is left in use at the end. */
  public static void main(String[] arguments) throws Exception {
    HakByteBufAllocator allocator =
        new HakByteBufAllocator(
            HakAllocator.builder().profile("THROUGHPUT").set("HAKMEM_MEMORY_LIMIT", "64MiB"));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    CompletableFuture<Boolean> isOurs = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    try {
      Channel server = server(allocator, loops, isOurs);
      Channel client = client(allocator, loops, (InetSocketAddress) server.localAddress(), answer);
      ByteBuf word = client.alloc().buffer();
      word.writeCharSequence("hello", StandardCharsets.UTF_8);
      client.writeAndFlush(word).sync();
      String echoed = answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      client.close().sync();
      server.close().sync();
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
      System.out.printf(
          "echoed '%s', in memory of HAKMEM: %s, left: %d bytes%n",
          echoed, isOurs.get(LONGEST_SECONDS, TimeUnit.SECONDS), allocator.usedDirectMemory());
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
      allocator.close();
    }
  }

  private static Channel server(
      HakByteBufAllocator allocator, EventLoopGroup loops, CompletableFuture<Boolean> isOurs)
      throws InterruptedException {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, allocator)
        .childOption(ChannelOption.ALLOCATOR, allocator)
        .childHandler(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                isOurs.complete(allocator.owns(((ByteBuf) message).memoryAddress()));
                context.writeAndFlush(message);
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private static Channel client(
      HakByteBufAllocator allocator,
      EventLoopGroup loops,
      InetSocketAddress server,
      CompletableFuture<String> answer)
      throws InterruptedException {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, allocator)
        .handler(
            new SimpleChannelInboundHandler<ByteBuf>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
                answer.complete(message.toString(StandardCharsets.UTF_8));
              }
            })
        .connect(server)
        .sync()
        .channel();
  }
}
