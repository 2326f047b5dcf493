package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.topologyxds.tls.TestAuthority;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential plugin that gives client certificates, and a TLS server that asks for them. */
class CertificateRenewalTest {
  @TempDir private Path folder = Path.of("");
  private TestAuthority authority;
  private HttpsServer server;

  /** Who asked, by the subject of the certificate of each request's connection. */
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private final SynchronousQueue<String> lines = new SynchronousQueue<>();
  private volatile String revoked = "";

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority("cluster");
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        authority.server("api").toKeyManagerFactory().getKeyManagers(),
        trust.getTrustManagers(),
        null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters asked = context.getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    X509Certificate shown =
        (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
    String subject = shown.getSubjectX500Principal().getName();
    seen.add(subject);
    if (subject.equals(revoked)) {
      exchange.sendResponseHeaders(401, -1);
    } else if (exchange.getRequestURI().getPath().equals("/watch")) {
      exchange.sendResponseHeaders(200, 0);
      try (var out = exchange.getResponseBody()) {
        out.write("begun\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private KubernetesAccess open() throws Exception {
    String ca =
        Base64.getEncoder().encodeToString(authority.pem().getBytes(StandardCharsets.UTF_8));
    Path kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,
              command: /bin/sh, args: [-c, "echo run >> '%2$s'; cat '%3$s'"]}}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """
                .replace("%2$s", folder.resolve("runs").toString())
                .replace("%3$s", folder.resolve("credential").toString())
                .formatted(server.getAddress().getPort(), ca));
    return KubernetesAccess.open(kubeconfig, null);
  }

  private long runs() throws IOException {
    return Files.readAllLines(folder.resolve("runs")).size();
  }

  /** From now on the plugin gives this certificate; the last one while it is being written. */
  private void gives(String name, Duration lasting, String more) throws Exception {
    X509Bundle bundle =
        authority.issue(
            new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minusSeconds(60))
                .notAfter(Instant.now().plus(lasting))
                .addExtendedKeyUsageClientAuth()
                .ecp256());
    Files.writeString(
        folder.resolve("credential"),
        """
        {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{
        "clientCertificateData":"%s","clientKeyData":"%s"%s}}
        """
            .formatted(
                bundle.getCertificatePEM().replace("\r", "").replace("\n", "\\n"),
                bundle.getPrivateKeyPEM().replace("\r", "").replace("\n", "\\n"),
                more));
  }

  @Test
  void itIsHadAnewBeforeItEnds() throws Exception {
    gives("first", Duration.ofSeconds(9), "");
    try (KubernetesAccess access = open()) {
      gives("second", Duration.ofHours(1), "");
      access.api().get("/version");
      access.api().get("/version");
      assertThat(seen).containsExactly("CN=second", "CN=second");
      assertThat(runs()).isEqualTo(2);
    }
  }

  @Test
  void itIsHadAnewWhenThePluginSaysThatItEnds() throws Exception {
    gives("first", Duration.ofHours(1), ",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"");
    try (KubernetesAccess access = open()) {
      gives("second", Duration.ofHours(1), "");
      access.api().get("/version");
      assertThat(seen).containsExactly("CN=second");
    }
  }

  @Test
  void itIsHadAnewWhenItIsRefused() throws Exception {
    gives("first", Duration.ofHours(1), "");
    try (KubernetesAccess access = open()) {
      access.api().get("/version");
      revoked = "CN=first";
      gives("second", Duration.ofHours(1), "");
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> access.api().get("/version"))
          .satisfies(e -> assertThat(e.status()).isEqualTo(401));
      access.api().get("/version");
      assertThat(seen).containsExactly("CN=first", "CN=first", "CN=second");
      assertThat(runs()).isEqualTo(2);
    }
  }

  @Test
  void aWatchOfBeforeLivesOn() throws Exception {
    gives("first", Duration.ofHours(1), "");
    try (KubernetesAccess access = open();
        WatchStream watch = access.api().watch("/watch")) {
      assertThat(watch.next(Duration.ofSeconds(15))).contains("begun");
      revoked = "CN=first";
      gives("second", Duration.ofHours(1), "");
      assertThatExceptionOfType(ApiFailure.class).isThrownBy(() -> access.api().get("/version"));
      access.api().get("/version");
      lines.put("still here");
      assertThat(watch.next(Duration.ofSeconds(15))).contains("still here");
      lines.put("");
    }
  }

  @Test
  void aTokenBesideItIsShownAsWell() throws Exception {
    gives("first", Duration.ofHours(1), ",\"token\":\"t\"");
    List<String> headers = new CopyOnWriteArrayList<>();
    server.createContext(
        "/token",
        exchange -> {
          headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
          answer(exchange);
        });
    try (KubernetesAccess access = open()) {
      access.api().get("/token");
      assertThat(headers).containsExactly("Bearer t");
      assertThat(seen).containsExactly("CN=first");
    }
  }
}
