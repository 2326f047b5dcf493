package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What is secret in a folder stays there, however broken its file: through every message. */
class SecretsAreNotQuotedTest {
  /** Stands in every text of the corpus. */
  private static final String SECRET = "hunter2";

  private static final String HEAD = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n";

  private static final List<String> YAML =
      List.of(
          HEAD + "stringData:\n  password: *hunter2\n",
          HEAD + "stringData:\n  password: &hunter2\n  - x\n -y\n",
          HEAD + "stringData:\n  password: !hunter2!x y\n",
          HEAD + "stringData:\n  password: !<hunter2 y\n",
          HEAD + "stringData:\n  password: %hunter2\n",
          HEAD + "stringData:\n  password: @hunter2\n",
          HEAD + "stringData:\n  password: \"\\hunter2\"\n",
          HEAD + "stringData:\n  password: \"\\xhunter2\"\n",
          HEAD + "stringData:\n  password: \"hunter2\n",
          HEAD + "stringData:\n  password: 'hunter2\n---\n",
          HEAD + "stringData:\n  password: a: hunter2\n",
          HEAD + "stringData:\n  password: |hunter2\n    x\n",
          HEAD + "stringData:\n  password:\n  hunter2\n  user: x\n",
          HEAD + "stringData:\n  password: x\n hunter2: y\n",
          HEAD + "stringData:\n    password: x\n  hunter2: y\n",
          HEAD + "stringData:\n\thunter2: x\n",
          HEAD + "stringData: {password: hunter2\n",
          HEAD + "stringData: {password: hunter2]\n",
          HEAD + "stringData: [hunter2: x, hunter2]]\n",
          HEAD + "stringData: {{ .Values.hunter2 }}\n",
          HEAD + "stringData:\n  <<: hunter2\n",
          HEAD + "stringData: {? [hunter2] : x}\n",
          HEAD + "stringData: {password: hunter2\u0007}\n",
          HEAD + "kind: hunter2\n",
          "%hunter2 1\n---\na: b\n",
          "%TAG !hunter2! x\n%TAG !hunter2! x\n---\na: b\n",
          "hunter2\n",
          "- hunter2\n",
          "password: hunter2\n",
          "apiVersion: v1\nkind: [hunter2]\n",
          "apiVersion: hunter2\nkind: hunter2\n",
          "apiVersion: v1\nkind: hunter2List\nitems: hunter2\n",
          "apiVersion: v1\nkind: List\nitems: hunter2\n",
          "apiVersion: v1\nkind: List\nitems: [hunter2, {password: hunter2}, [hunter2]]\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a, annotations: {b: [hunter2]}}\n",
          "apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n  annotations: {b: {c: hunter2}}\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nstringData: {password: hunter2}\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n" + HEAD + "data: {a: hunter2}\n",
          "apiVersion: v1\nkind: Sercret\ndata: {a: hunter2}\n",
          "apiVersion: v1\nkind: Sevice\ndata: {a: hunter2}\n");

  private static final List<String> JSON =
      List.of(
          "{\"kind\": \"Secret\", \"data\": {\"password\": hunter2}}",
          "{\"kind\": \"Secret\", \"data\": {\"password\": 'hunter2'}}",
          "{\"kind\": \"Secret\", \"data\": {hunter2: 1}}",
          "{\"kind\": \"Secret\", \"data\": {\"password\": \"\\hunter2\"}}",
          "{\"kind\": \"Secret\", \"data\": {\"password\": \"hunter2\n\"}}",
          "{\"kind\": \"Secret\", \"data\": {\"password\": \"hunter2",
          "{\"kind\": \"Secret\", \"data\": {\"password\": truehunter2}}",
          "{\"kind\": \"Secret\", \"data\": {\"password\": 0hunter2}}",
          "{\"kind\": \"Secret\", \"data\": {\"hunter2\" 1}}",
          "{\"kind\": \"Secret\", \"data\": {\"a\": 1 hunter2}}",
          "\"hunter2\"");

  private final StringWriter said = new StringWriter();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldSayNothingOfAnyOfThem() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("io.github.topologyxds");
    Level before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    log.start();
    root.addAppender(log);
    try {
      List<Path> files = corpus();
      for (Path file : files) {
        run("translate", "-f", file.toString());
        run("translate", "-f", file.toString(), "-o", "yaml", "--service", "default/a");
        run("plan", "-f", file.toString());
      }
      byte[] noText = (SECRET + "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
      Files.write(folder.resolve("no-text.yaml"), noText);
      run("translate", "-f", folder.resolve("no-text.yaml").toString());
      serve();
    } finally {
      root.detachAppender(log);
      ours.setLevel(before);
    }
    log.list.forEach(event -> {
      said.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        said.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    });
    assertThat(said.toString()).contains("YAML_INVALID").doesNotContainIgnoringCase(SECRET);
  }

  private List<Path> corpus() throws Exception {
    List<Path> files = new ArrayList<>();
    for (String text : YAML) {
      files.add(folder.resolve("y" + files.size() + ".yaml"));
      Files.writeString(files.getLast(), text);
    }
    for (String text : JSON) {
      files.add(folder.resolve("j" + files.size() + ".json"));
      Files.writeString(files.getLast(), text);
    }
    return files;
  }

  private void serve() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ServeSettings settings =
        new ServeSettings(
            new SourceSettings.Folder(folder), anyPort, anyPort, RoutingOptions.DEFAULT);
    try (ControlPlane controlPlane = ControlPlane.start(settings);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/readyz", "/metrics")) {
        URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        said.append(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      }
    }
  }

  private void run(String... arguments) {
    CommandLine root = RootCommand.commandLine();
    root.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    root.execute(arguments);
  }
}
