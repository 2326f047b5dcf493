package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.Main;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code serve} as a process of its own, which is killed. */
public record ServerProcess(Process process, Thread lastResort, URI ready) implements Server {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Until 200 MB of manifests are read; a process that has ended is seen at once. */
  private static final Duration LARGE_FOLDER = Duration.ofMinutes(2);

  /** It does not live long, and there are many: as the shipped server but for its size. */
  private static final String[] SMALL = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

  public static ServerProcess start(Path folder, int port) throws IOException {
    return start(folder, port, Redirect.DISCARD, SMALL);
  }

  /** Starts it with these options of its JVM; all that it prints goes to the log. */
  public static ServerProcess start(Path folder, int port, Redirect log, String... options)
      throws IOException {
    return start(List.of("--files", folder.toString(), "--api", "off"), port, log, options);
  }

  /** Starts it with its API at this port of loopback. */
  public static ServerProcess startWithApi(Path folder, int port, int api) throws IOException {
    return start(
        List.of("--files", folder.toString(), "--api", "127.0.0.1:" + api),
        port,
        Redirect.DISCARD,
        SMALL);
  }

  /** Starts it with these flags, which say where the Services come from. */
  public static ServerProcess startInCluster(int port, List<String> flags) throws IOException {
    return start(flags, port, Redirect.DISCARD, SMALL);
  }

  /** The same, with the Namespace that a Pod's variable tells it. */
  public static ServerProcess startInPod(String namespace, int port, List<String> flags)
      throws IOException {
    List<String> program = new ArrayList<>(List.of("env", "POD_NAMESPACE=" + namespace));
    program.addAll(program(SMALL));
    return start(program, port, flags, Redirect.DISCARD);
  }

  private static ServerProcess start(List<String> flags, int port, Redirect log, String... options)
      throws IOException {
    return start(program(options), port, flags, log);
  }

  /** This build's, with options of its JVM. */
  private static List<String> program(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    return command;
  }

  /** Starts another build of it: its program with the arguments before {@code serve}. */
  public static ServerProcess start(
      List<String> program, int port, List<String> flags, Redirect log) throws IOException {
    int admin = FreePorts.next();
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of("serve", "--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:" + admin));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    Thread lastResort = new Thread(process::destroyForcibly, "end-server");
    Runtime.getRuntime().addShutdownHook(lastResort);
    URI ready = URI.create("http://127.0.0.1:" + admin + "/readyz");
    Wait.until("the server process to be ready")
        .atMost(LARGE_FOLDER)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> !process.isAlive() || status(ready) == 200);
    if (!process.isAlive()) {
      throw new IOException("the server process ended with " + process.exitValue());
    }
    return new ServerProcess(process, lastResort, ready);
  }

  @Override
  public void stop() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }

  /** Tells it to stop (SIGTERM), and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Status of {@code /readyz}. */
  public int readiness() throws IOException, InterruptedException {
    return status(ready);
  }

  private static int status(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
  }
}
