package io.github.topologyxds.demo.backend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A backend that answers with its name and counts what it is asked, over HTTP/1.1 and over HTTP/2
 * without TLS (prior knowledge). All backends of a JVM share two threads.
 */
public final class EchoBackend implements AutoCloseable {
  /** Request header that names who asks; counted by value. */
  public static final String CLIENT_HEADER = "x-client-zone";

  /** Response header with the backend's name. */
  public static final String BACKEND_HEADER = "x-backend";

  private static final Duration REFUSAL_WITHIN = Duration.ofSeconds(5);

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("echo-backend", true), NioIoHandler.newFactory());

  private final BackendSpec spec;

  /** Counted by the event loops, read by anyone. */
  private final ConcurrentHashMap<String, LongAdder> requestsByClient = new ConcurrentHashMap<>();

  /** Added to by the event loops, emptied by whoever closes. */
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** Set by the owner, read by the event loops. */
  private volatile Behaviour behaviour = Behaviour.OK;

  /** Belongs to the thread that starts and closes; null while closed. */
  private @Nullable Channel listening;

  private EchoBackend(BackendSpec spec) {
    this.spec = spec;
  }

  /**
   * Starts one that listens.
   *
   * @throws IOException when the address cannot be listened on
   */
  public static EchoBackend start(BackendSpec spec) throws IOException {
    EchoBackend backend = new EchoBackend(spec);
    backend.listen();
    return backend;
  }

  /** Comes back on the same port after {@link #close}; the counters go on. */
  public void restart() throws IOException {
    close();
    listen();
  }

  /** Dies: when this returns, connections are closed and new ones are refused. */
  @Override
  public void close() {
    if (listening != null) {
      listening.close().syncUninterruptibly();
      listening = null;
      awaitRefusal();
    }
    connections.close().awaitUninterruptibly();
  }

  /** From the next request on it behaves like this. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Returns what it was started as. */
  public BackendSpec spec() {
    return spec;
  }

  /** Requests read to their end since the start or the last {@link #resetCounts}. */
  public long requests() {
    return requestsByClient.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /**
   * Returns the number of requests by the value of {@value #CLIENT_HEADER}; "" for requests without
   * it.
   */
  public Map<String, Long> requestsByClient() {
    return requestsByClient.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }

  /** Counts requests from 0 again. */
  public void resetCounts() {
    requestsByClient.clear();
  }

  Behaviour count(String client) {
    requestsByClient.computeIfAbsent(client, unused -> new LongAdder()).increment();
    return behaviour;
  }

  void opened(Channel connection) {
    connections.add(connection);
  }

  /**
   * The JDK closes a socket for good only when its selector runs again; until then the kernel goes
   * on taking connections (a connect right after close succeeded), which would make a dead backend
   * look alive.
   */
  private void awaitRefusal() {
    long deadline = System.nanoTime() + REFUSAL_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(spec.address(), spec.port()), 100);
      } catch (IOException e) {
        return;
      }
    }
    throw new IllegalStateException(spec + " goes on taking connections");
  }

  private void listen() throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(LOOPS)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new EchoPipeline(this));
    ChannelFuture bound =
        bootstrap.bind(new InetSocketAddress(spec.address(), spec.port())).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + spec.address() + ":" + spec.port(), bound.cause());
    }
    listening = bound.channel();
  }
}
