package io.github.topologyxds.tls;

import io.github.topologyxds.lifecycle.Periodic;
import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Periodic looks;

  // Owner: the thread "tls-files".
  private TlsContents inForce;
  private @Nullable TlsContents seen;

  /** Of the certificate in force. Written by the owner of {@code inForce}. */
  private volatile Instant notAfter;

  private final FindingRecorder findings;

  private RotatedTls(TlsFiles files, TlsContents first, Duration interval, FindingRecorder findings)
      throws TlsFileException {
    this.findings = findings;
    this.files = files;
    this.ssl = new CurrentSslContext(first.context());
    this.inForce = first;
    this.notAfter = first.notAfter();
    this.looks = Periodic.every(interval, "tls-files", this::look);
  }

  /**
   * Reads the files, and follows them.
   *
   * @param findings hears of rotated files that are not usable
   * @throws IOException when one of them is bad; the message names it
   */
  public static RotatedTls follow(TlsFiles files, Duration interval, FindingRecorder findings)
      throws IOException {
    return new RotatedTls(files, TlsContents.read(files), interval, findings);
  }

  /** Returns what to make handshakes with, always the newest. */
  public SslContext context() {
    return ssl;
  }

  /** Returns until when the certificate that new connections are shown is valid. Any thread. */
  public Instant notAfter() {
    return notAfter;
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
        notAfter = now.notAfter();
        LOG.info("the TLS files were rotated; new connections use {}", files.certificate());
      }
      if (now.equals(inForce)) {
        findings.replace(subject(), List.of());
      }
    } catch (TlsFileException e) {
      found(e.file(), e.what());
    } catch (RuntimeException e) {
      // Not expected; but whatever it is, the next look may go well.
      found(FilePlace.of(files.certificate().toString()), e.toString());
    }
  }

  private void found(FilePlace file, String trouble) {
    Finding finding =
        Finding.of(Reason.TLS_FILE_INVALID, file, trouble + "; what was in force before stays");
    findings.replace(subject(), List.of(finding));
  }

  private FindingRecorder.Subject subject() {
    return new FindingRecorder.Subject(FindingRecorder.Finder.TLS, files.certificate().toString());
  }

  @Override
  public void close() {
    looks.close();
  }
}
