package io.github.topologyxds.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the certificate ends, as an alert asks: of the one in force, not of the one in the file. */
class CertificateExpiryTest {
  private final Instant first = Instant.now().plus(1, ChronoUnit.DAYS);
  private final Instant second = Instant.now().plus(9, ChronoUnit.DAYS);

  @TempDir private Path folder = Path.of("");

  @Test
  void followsRotationAndNoBadFile() throws Exception {
    TestAuthority authority = new TestAuthority("ca");
    TlsFiles files = TestAuthority.write(folder, until(authority, first), authority.pem());
    FindingRecorder findings = new FindingRecorder();
    try (RotatedTls tls = RotatedTls.follow(files, Duration.ofMillis(10), findings)) {
      assertThat(tls.notAfter()).isEqualTo(first.truncatedTo(ChronoUnit.SECONDS));

      Files.writeString(files.certificate(), "garbage");
      await().until(() -> findings.count(Reason.TLS_FILE_INVALID) > 0);
      assertThat(tls.notAfter()).isEqualTo(first.truncatedTo(ChronoUnit.SECONDS));

      TestAuthority.write(folder, until(authority, second), authority.pem());
      await()
          .untilAsserted(
              () -> assertThat(tls.notAfter()).isEqualTo(second.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  private static X509Bundle until(TestAuthority authority, Instant end) throws Exception {
    return authority.issue(TestAuthority.ofServer("xds").notAfter(end));
  }
}
