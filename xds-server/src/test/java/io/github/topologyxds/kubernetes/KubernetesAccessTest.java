package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.topologyxds.state.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credential plugins ({@code users[].user.exec}) may wait for somebody who is not there. */
class KubernetesAccessTest {
  /** Longer than the tests need; they must not wait for it. */
  private static final String FOR_LONG = "exec sleep 20";

  @TempDir private Path folder = Path.of("");

  private Path kubeconfig(String name, String command) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
        users:
        - name: u
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: /bin/sh
              args: [-c, '%s']
              interactiveMode: Never
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(command));
  }

  private static String token(String token) {
    return "echo {\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\","
        + "\\\"kind\\\":\\\"ExecCredential\\\",\\\"status\\\":{\\\"token\\\":\\\"%s\\\"}}"
            .formatted(token);
  }

  @Test
  void aPluginThatBlocksIsGivenUpAndHoldsUpNobodyElse() throws Exception {
    Path blocked = kubeconfig("blocked", FOR_LONG);
    Path good = kubeconfig("good", token("t"));
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> KubernetesAccess.open(blocked, null, Duration.ofMillis(300)))
        .withMessageContaining("credential plugin");
    KubernetesAccess.open(good, null, Duration.ofSeconds(10)).close();
  }
}
