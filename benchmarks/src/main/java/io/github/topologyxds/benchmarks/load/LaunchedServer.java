package io.github.topologyxds.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product as its users start it, {@code bin/topology-xds serve}, over a folder or an API. Its
 * JVM is told to write its collections to a file.
 */
public final class LaunchedServer implements ServerUnderLoad {
  /** As in deploy/; the launcher adds its own. */
  private static final String DEFAULT_OPTIONS = "-Xmx512m";

  private static final Pattern SERVING =
      Pattern.compile("serving xDS on \\S+:(\\d+), admin on \\S+:(\\d+)");
  private static final Pattern PAUSE = Pattern.compile("Pause (Young|Full) .*?\\((\\D+?)\\) \\d");
  private static final int START_SECONDS = 120;

  private final ServedWorld world;
  private final Process process;
  private final Path collections;
  private final int port;

  private LaunchedServer(ServedWorld world, Process process, Path collections)
      throws IOException, InterruptedException {
    this.world = world;
    this.process = process;
    this.collections = collections;
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    Matcher serving = serving(said);
    Thread.ofVirtual().start(() -> passOn(said));
    this.port = Integer.parseInt(serving.group(1));
    awaitReady(Integer.parseInt(serving.group(2)));
  }

  /** Starts it by the launcher and waits until it is ready. */
  public static LaunchedServer start(ServedWorld world) throws IOException, InterruptedException {
    return start(world, List.of(launcher().toString()));
  }

  /** The same by another command, which takes {@code serve} and its flags. */
  static LaunchedServer start(ServedWorld world, List<String> by)
      throws IOException, InterruptedException {
    Path collections = Files.createTempFile("load-", ".gc");
    List<String> command = new ArrayList<>(by);
    command.add("serve");
    command.addAll(world.flags());
    command.addAll(List.of("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("JAVA_OPTS", set() + " -Xlog:gc:file=" + collections + ":none:filecount=0");
    Process process = builder.start();
    try {
      return new LaunchedServer(world, process, collections);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String set() {
    String set = System.getenv("JAVA_OPTS");
    return set == null || set.isBlank() ? DEFAULT_OPTIONS : set;
  }

  /** In the checkout that this runs in, at its top or in a module of it. */
  private static Path launcher() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path launcher = at.resolve("bin/topology-xds");
      if (Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    throw new IOException("no bin/topology-xds above " + Path.of("").toAbsolutePath());
  }

  /** Until it ends; of what it logs while it serves, only what may spoil the figures is shown. */
  private static void passOn(BufferedReader said) {
    try {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (!line.contains(" INFO ")) {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      // It was ended.
    }
  }

  private static Matcher serving(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = SERVING.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      System.err.println(line);
    }
    throw new IOException("the server has ended; what it says is above");
  }

  private void awaitReady(int admin) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/readyz")).build();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
        if (System.nanoTime() > until) {
          throw new IOException("the server is not ready after " + START_SECONDS + " s");
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String options() {
    return "bin/topology-xds, JAVA_OPTS=" + set();
  }

  @Override
  public void change(int service, String address) throws IOException {
    world.change(service, address);
  }

  @Override
  public void add(int service) throws IOException {
    world.add(service);
  }

  @Override
  public Collections collections() throws IOException {
    long young = 0;
    List<String> full = new ArrayList<>();
    for (String line : Files.readAllLines(collections)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        young += pause.group(1).equals("Young") ? 1 : 0;
        full.addAll(pause.group(1).equals("Full") ? List.of(pause.group(2)) : List.of());
      }
    }
    return new Collections(young, full.size(), full);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(collections);
    world.close();
  }
}
