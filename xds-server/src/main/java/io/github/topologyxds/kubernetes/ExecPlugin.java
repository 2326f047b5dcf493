package io.github.topologyxds.kubernetes;

import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.github.topologyxds.kubernetes.Credential.Proof;
import io.github.topologyxds.kubernetes.RenewedCredential.Given;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A credential plugin ({@code users[].user.exec}, client.authentication.k8s.io). What it writes to
 * stderr is thrown away: it may hold secrets.
 *
 * @param folder of the kubeconfig, which a command with a slash in it is relative to
 */
record ExecPlugin(ExecConfig config, Path folder) implements RenewedCredential.Origin {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int NOT_EXECUTABLE = 127;

  /** Renewed a little before it ends, so that no request meets the end. */
  private static final Duration EARLY = Duration.ofSeconds(10);

  @Override
  public Given given() throws SourceException, InterruptedException {
    JsonNode status = status();
    String token = status.path("token").asString("");
    ClientCertificate certificate = certificate(status);
    if (token.isEmpty() && certificate == null) {
      throw wrong("gave no token and no client certificate");
    }
    Instant until = until(status.path("expirationTimestamp").asString(""));
    if (certificate != null) {
      Instant end = certificate.end().minus(EARLY);
      until = end.isBefore(until) ? end : until;
    }
    return new Given(new Proof(token.isEmpty() ? "" : "Bearer " + token, certificate), until);
  }

  private @Nullable ClientCertificate certificate(JsonNode status) throws SourceException {
    String certificate = status.path("clientCertificateData").asString("");
    String key = status.path("clientKeyData").asString("");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw wrong(
          certificate.isEmpty()
              ? "gave a key without its client certificate"
              : "gave a client certificate without its key");
    }
    return certificate.isEmpty() ? null : new ClientCertificate(certificate, key);
  }

  private Instant until(String expiration) throws SourceException {
    if (expiration.isEmpty()) {
      // Until the server refuses it.
      return Instant.MAX;
    }
    try {
      return Instant.parse(expiration).minus(EARLY);
    } catch (DateTimeException e) {
      throw wrong("gave an expirationTimestamp that is no time");
    }
  }

  /** Runs the plugin; returns the status of the ExecCredential that it wrote. */
  private JsonNode status() throws SourceException, InterruptedException {
    Process process = start();
    try {
      CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw wrong("has not ended within " + WITHIN.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw wrong("ended with exit code " + process.exitValue() + hint(process.exitValue()));
      }
      JsonNode answer = JSON.readTree(output.join());
      if (!answer.path("kind").asString("").equals("ExecCredential")) {
        throw wrong("wrote no ExecCredential");
      }
      return answer.path("status");
    } catch (JacksonException e) {
      throw wrong("wrote no ExecCredential");
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] read(Process process) {
    try (var out = process.getInputStream()) {
      return out.readNBytes(MAX_OUTPUT);
    } catch (IOException e) {
      // It was given up.
      return new byte[0];
    }
  }

  private Process start() throws SourceException {
    List<String> command = new ArrayList<>();
    String program = Objects.requireNonNullElse(config.getCommand(), "");
    command.add(program.contains(File.separator) ? folder.resolve(program).toString() : program);
    command.addAll(Objects.requireNonNullElse(config.getArgs(), List.<String>of()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    for (ExecEnvVar variable : Objects.requireNonNullElse(config.getEnv(), List.<ExecEnvVar>of())) {
      builder.environment().put(variable.getName(), variable.getValue());
    }
    builder
        .environment()
        .put(
            "KUBERNETES_EXEC_INFO",
            "{\"kind\":\"ExecCredential\",\"apiVersion\":\"%s\",\"spec\":{\"interactive\":false}}"
                .formatted(config.getApiVersion()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw wrong(
          "cannot be started: there is no such program that may be run" + hint(NOT_EXECUTABLE));
    }
  }

  private String hint(int exitCode) {
    @Nullable String hint = config.getInstallHint();
    return exitCode == NOT_EXECUTABLE && hint != null && !hint.isBlank()
        ? "; its kubeconfig says: " + Finding.quote(hint, 200)
        : "; run it by hand to see why";
  }

  private SourceException wrong(String what) {
    return new SourceException(
        "the credential plugin \"%s\" (users[].user.exec) %s"
            .formatted(Finding.quote(String.valueOf(config.getCommand()), 200), what));
  }

  @Override
  public String toString() {
    return "ExecPlugin[" + config.getCommand() + "]";
  }
}
