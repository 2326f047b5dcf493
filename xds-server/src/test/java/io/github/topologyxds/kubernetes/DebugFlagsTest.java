package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.topologyxds.Main;
import io.github.topologyxds.tls.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the JVM is told to print: no credential. */
class DebugFlagsTest {
  private static final String TOKEN = "s3cr3t-of-mine-that-nobody-may-read";

  /** Of the token as a hex dump shows it, 16 characters a line. */
  private static final String HEX = "73 33 63 72 33 74";

  @TempDir private Path folder = Path.of("");

  @Test
  void noneOfThemShowsTheToken() throws Exception {
    TestAuthority authority = new TestAuthority("cluster");
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(authority.server("api").toKeyManagerFactory().getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    List<String> shown = new CopyOnWriteArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    Path output = folder.resolve("output");
    Process process = serve(kubeconfig(server.getAddress().getPort(), authority), output);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> shown.contains("Bearer " + TOKEN) && logs(output).contains("HEADERS"));
    } finally {
      process.destroyForcibly().waitFor();
      server.stop(0);
    }
    assertThat(logs(output))
        .contains("-Djavax.net.debug is ignored")
        .contains("-Djdk.internal.httpclient.debug is ignored")
        .doesNotContain("s3cr3t")
        .doesNotContainIgnoringCase(HEX);
  }

  private static String logs(Path output) throws Exception {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  private Path kubeconfig(int port, TestAuthority authority) throws Exception {
    String ca =
        Base64.getEncoder().encodeToString(authority.pem().getBytes(StandardCharsets.UTF_8));
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: u, user: {token: %s}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(port, ca, TOKEN));
  }

  /** With every flag, every level, and a configuration of the log without our appender. */
  private Process serve(Path kubeconfig, Path output) throws Exception {
    Path logback =
        Files.writeString(
            folder.resolve("logback.xml"),
            """
            <configuration>
              <appender name="ALL" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%logger %msg%n</pattern></encoder>
              </appender>
              <root level="TRACE"><appender-ref ref="ALL"/></root>
            </configuration>
            """);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djavax.net.debug=all",
            "-Djdk.internal.httpclient.debug=err",
            "-Djdk.httpclient.HttpClient.log=all",
            "-Dlogback.configurationFile=" + logback,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--kubernetes",
            "--kubeconfig",
            kubeconfig.toString(),
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:0")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
