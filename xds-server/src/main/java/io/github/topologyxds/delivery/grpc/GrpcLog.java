package io.github.topologyxds.delivery.grpc;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client does wrong is a short line in our log and no stack trace in another. gRPC writes
 * one at level WARNING for each frame that is wrong, so one connection of a flood would write
 * hundreds.
 */
final class GrpcLog implements Filter {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(GrpcLog.class);
  private static final int LONGEST = 200;

  /** Kept here: the JDK forgets a logger, and its filter, that nobody holds. */
  private static final List<Logger> TAMED =
      List.of(
          Logger.getLogger("io.grpc.netty.NettyServerHandler"),
          Logger.getLogger("io.grpc.netty.NettyServerTransport.connections"));

  private GrpcLog() {}

  static void tame() {
    TAMED.forEach(logger -> logger.setFilter(new GrpcLog()));
  }

  @Override
  public boolean isLoggable(LogRecord line) {
    Throwable thrown = line.getThrown();
    String message = thrown == null ? line.getMessage() : line.getMessage() + ": " + thrown;
    String shown = message.substring(0, Math.min(LONGEST, message.length()));
    if (line.getLoggerName().endsWith("connections")) {
      // Once for each connection: a wrong certificate is found by this.
      LOG.info("{}", shown.replaceAll("\\p{Cntrl}", " "));
    } else {
      LOG.debug("{}", shown);
    }
    return false;
  }
}
