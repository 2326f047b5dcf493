package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * A credential that was asked for comes, or is an error; it is never left away, shown or logged.
 */
class CredentialsTest {
  private static final String SECRET = "s3cr3t-of-mine";

  @TempDir private Path folder = Path.of("");
  private final Set<String> accepted = new CopyOnWriteArraySet<>(List.of("Bearer " + SECRET));

  private void answer(String request, OutputStream out) throws IOException {
    boolean known = accepted.stream().anyMatch(header -> request.contains(": " + header + "\r\n"));
    ScriptedApi.json(out, known ? 200 : 401, "{}");
  }

  private Path kubeconfig(ScriptedApi api, String user) throws IOException {
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {%s}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(api.uri(), user));
  }

  private static String exec(String script) {
    return "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh,"
        + " interactiveMode: Never, args: [-c, '%s']}".formatted(script);
  }

  private static String wrote(String status) {
    return "echo \"{\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\",\\\"kind\\\":\\\"ExecCredential\\\",\\\"status\\\":%s}\""
        .formatted(status.replace("\"", "\\\""));
  }

  private void used(String user) throws Exception {
    try (ScriptedApi api = new ScriptedApi(this::answer);
        KubernetesAccess access = KubernetesAccess.open(kubeconfig(api, user), null)) {
      assertThat(access.api().get("/version")).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aPluginMayWriteToStderr() throws Exception {
    used(exec("echo warning: " + SECRET + " >&2; " + wrote("{\"token\":\"" + SECRET + "\"}")));
  }

  @Test
  void aTokenAndAPasswordAreShown() throws Exception {
    used("token: " + SECRET);
    accepted.add("Basic dTpw");
    used("username: u, password: p");
  }

  @Test
  void aTokenFileIsReadAgainWhenItsTokenIsRefused() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), SECRET + "\n");
    try (ScriptedApi api = new ScriptedApi(this::answer);
        KubernetesAccess access =
            KubernetesAccess.open(kubeconfig(api, "tokenFile: token"), null)) {
      access.api().get("/version");
      accepted.clear();
      accepted.add("Bearer rotated");
      Files.writeString(token, "rotated");
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> access.api().get("/version"))
          .satisfies(e -> assertThat(e.status()).isEqualTo(401));
      access.api().get("/version");
      accepted.clear();
      Files.writeString(token, "");
      assertThatExceptionOfType(ApiFailure.class).isThrownBy(() -> access.api().get("/version"));
      int before = api.requests().size();
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> access.api().get("/version"))
          .withMessageContaining("is not asked without a credential: the token file")
          .withMessageContaining("is empty");
      assertThat(api.requests()).as("never anonymously").hasSize(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exec: {command: /bin/sh, args: [-c, 'echo s3cr3t-of-mine >&2; exit 7']} | \"/bin/sh\" (users[].user.exec) ended with exit code 7",
        "exec: {command: /no/such/plugin, installHint: get it} | \"/no/such/plugin\" (users[].user.exec) cannot be started",
        "exec: {command: /bin/sh, args: [-c, 'echo s3cr3t-of-mine']} | wrote no ExecCredential",
        "exec: {command: /bin/true} | wrote no ExecCredential",
        "exec: {command: /bin/echo, args: ['{\"kind\":\"ExecCredential\",\"status\":{}}']} | gave no token and no client certificate",
        "exec: {command: /bin/echo, args: ['{\"kind\":\"ExecCredential\",\"status\":{\"clientCertificateData\":\"s3cr3t-of-mine\"}}']} | gave a client certificate without its key",
        "exec: {command: /bin/echo, args: ['{\"kind\":\"ExecCredential\",\"status\":{\"clientCertificateData\":\"s3cr3t-of-mine\",\"clientKeyData\":\"s3cr3t-of-mine\"}}']} | the client certificate is no PEM certificate",
        "tokenFile: missing | there is no token file",
        "tokenFile: empty | is empty",
        "auth-provider: {name: oidc, config: {id-token: s3cr3t-of-mine}} | the auth-provider \"oidc\" is not supported",
        "client-certificate: here | a client certificate and no client-key",
        "client-key-data: czNjcjN0LW9mLW1pbmU= | a client-key and no client certificate",
        "client-certificate: here, client-key: missing | the client-key",
      })
  void whatDoesNotComeIsAnErrorThatShowsNothing(String user, String message) throws Exception {
    Files.writeString(folder.resolve("empty"), " \n");
    Files.writeString(folder.resolve("here"), "x");
    try (ScriptedApi api = new ScriptedApi(this::answer)) {
      Path kubeconfig = kubeconfig(api, user);
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> KubernetesAccess.open(kubeconfig, null).close())
          .withMessageContaining(message)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET).hasLineCount(1));
      assertThat(api.requests()).as("never anonymously").isEmpty();
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (ScriptedApi other = new ScriptedApi(this::answer);
        ScriptedApi api =
            new ScriptedApi((request, out) -> ScriptedApi.redirect(out, other.uri() + "/version"));
        KubernetesAccess access =
            KubernetesAccess.open(kubeconfig(api, "token: " + SECRET), null)) {
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> access.api().get("/version"))
          .withMessageContaining("answers 307, a redirect, which is not followed");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void noLevelOfTheLogShowsIt() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.setLevel(Level.TRACE);
    root.addAppender(lines);
    try {
      used("token: " + SECRET);
      used(exec(wrote("{\"token\":\"" + SECRET + "\"}")));
    } finally {
      root.detachAppender(lines);
      root.setLevel(before);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(SECRET));
  }
}
