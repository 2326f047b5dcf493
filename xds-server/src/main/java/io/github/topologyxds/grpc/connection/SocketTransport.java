package io.github.topologyxds.grpc.connection;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sockets are read and written. A push is two system calls and what Java does around them;
 * Netty's own epoll has less of that than the JDK's selectors (docs/performance.md).
 */
public enum SocketTransport {
  /** Netty's native library: Linux on x86_64 and aarch64, where it can be unpacked and loaded. */
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    ServerChannel channel() {
      return new EpollServerSocketChannel();
    }
  },
  /** The JDK's, everywhere. */
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    ServerChannel channel() {
      return new NioServerSocketChannel();
    }
  };

  private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);

  /** What a group of event loops runs on. */
  abstract IoHandlerFactory handlers();

  /** A channel that listens once it is bound; only on event loops of {@link #handlers}. */
  abstract ServerChannel channel();

  /** The better one of those that work here. {@code -Dio.netty.transport.noNative=true}: NIO. */
  public static SocketTransport best() {
    if (Epoll.isAvailable()) {
      return EPOLL;
    }
    LOG.debug("no epoll, so the JDK's selectors", Epoll.unavailabilityCause());
    return NIO;
  }
}
