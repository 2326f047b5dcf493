package io.github.topologyxds.tls;

import io.github.topologyxds.model.Reason;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS from files that may be rotated at any time. They are read again and again and compared, as no
 * file event tells of the links that Kubernetes turns over in a mounted Secret.
 */
public final class RotatedTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RotatedTls.class);

  /** How often the files are read; a change is in force after twice that. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private final TlsFiles files;
  private final CurrentSslContext ssl;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-files").factory());

  // Owner: the thread "tls-files".
  private TlsContents inForce;
  private @Nullable TlsContents seen;
  private String warned = "";

  private RotatedTls(TlsFiles files, TlsContents first) throws TlsFileException {
    this.files = files;
    this.ssl = new CurrentSslContext(first.context());
    this.inForce = first;
  }

  /**
   * Reads the files, and follows them.
   *
   * @throws IOException when one of them is bad; the message names it
   */
  public static RotatedTls follow(TlsFiles files, Duration interval) throws IOException {
    RotatedTls tls = new RotatedTls(files, TlsContents.read(files));
    var unused =
        tls.thread.scheduleWithFixedDelay(
            tls::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return tls;
  }

  /** Returns what to make handshakes with, always the newest. */
  public SslContext context() {
    return ssl;
  }

  private void look() {
    try {
      TlsContents now = TlsContents.read(files);
      boolean settled = now.equals(seen);
      seen = now;
      // What was different a moment ago may be half written, or a new certificate with an old key.
      if (settled && !now.equals(inForce)) {
        ssl.use(now.context());
        inForce = now;
        LOG.info("the TLS files were rotated; new connections use {}", files.certificate());
      }
      if (now.equals(inForce)) {
        warned = "";
      }
    } catch (TlsFileException e) {
      warn(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Not expected; but whatever it is, the next look may go well.
      warn("File " + files.certificate() + ": " + e);
    }
  }

  private void warn(String trouble) {
    if (!trouble.equals(warned)) {
      warned = trouble;
      LOG.warn("{} {}; what was in force before stays", Reason.TLS_FILE_INVALID, trouble);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
