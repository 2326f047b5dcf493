package io.github.topologyxds.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.Logger;

/**
 * What is logged, and how it looks. Logs go to stderr, so that stdout carries nothing but a
 * command's result. Found by {@code META-INF/services}; a {@code logback.xml} would have logback
 * load its language and the JDK's XML, 500 classes. Who names a file of his own ({@code
 * JAVA_OPTS=-Dlogback.configurationFile=FILE}) gets that.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} %msg%n%ex{short}";

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    logs.getStatusManager().add(new NopStatusListener());
    logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    logs.getLogger("io.github.topologyxds").setLevel(Level.INFO);
    // Why a connection ended, once for each.
    logs.getLogger("io.grpc.netty.NettyServerTransport.connections").setLevel(Level.INFO);
    // A stack for each stream that a client resets while something is on its way to it: no fault.
    logs.getLogger("io.grpc.netty.NettyServerHandler").setLevel(Level.ERROR);
    // A port-forward that the other side has ended already: the command says so itself.
    logs.getLogger("io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl").setLevel(Level.ERROR);
    // What clients can cause is endless.
    LimitedAppender limited = new LimitedAppender();
    limited.setContext(logs);
    limited.setName("LIMITED");
    limited.addAppender(stderr(logs));
    limited.start();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(limited);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext logs) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logs);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(logs);
    stderr.setName("STDERR");
    stderr.setTarget(ConsoleTarget.SystemErr.getName());
    stderr.setEncoder(encoder);
    stderr.start();
    return stderr;
  }
}
