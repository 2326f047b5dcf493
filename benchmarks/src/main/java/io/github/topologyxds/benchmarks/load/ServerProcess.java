package io.github.topologyxds.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link LoadServer} in a JVM of its own. */
public final class ServerProcess implements ServerUnderLoad {
  /** The launcher's (bin/topology-xds), and a heap. */
  private static final String DEFAULT_OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:MetaspaceSize=64m"
          + " -XX:MarkSweepDeadRatio=0 -XX:-ShrinkHeapInSteps -Dio.netty.jfr.enabled=false"
          + " -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=5000 -XX:+UseSerialGC"
          + " -Xmx512m -Xms64m -Xmn12m -XX:SurvivorRatio=3"
          + " -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10";

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final int port;

  private ServerProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.port = Integer.parseInt(answer("port")[1]);
  }

  @Override
  public String options() {
    return jvmOptions();
  }

  /** Returns the options of the JVM: the launcher's, unless JAVA_OPTS are set. */
  public static String jvmOptions() {
    String set = System.getenv("JAVA_OPTS");
    return set == null || set.isBlank() ? DEFAULT_OPTIONS : set;
  }

  /** Starts it over so many Services with so many endpoints each, and waits until it serves. */
  public static ServerProcess start(int services, int endpoints) throws IOException {
    return start(new LoadPlan.World(services, endpoints));
  }

  /** Starts it and waits until it serves. */
  static ServerProcess start(LoadPlan.World world) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(jvmOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(LoadServer.class.getName());
    command.add(Integer.toString(world.services()));
    command.add(Integer.toString(world.endpoints()));
    command.add(Integer.toString(world.neighbour().services()));
    command.add(Integer.toString(world.neighbour().moves()));
    command.add(Integer.toString(world.neighbour().toggles()));
    command.add(world.balance().label());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // As the launcher's.
    builder.environment().putIfAbsent("MALLOC_MMAP_THRESHOLD_", "131072");
    return new ServerProcess(builder.start());
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
  public void change(int service, String address) throws IOException {
    say("set " + service + " " + address);
  }

  @Override
  public void add(int service) throws IOException {
    say("add " + service);
  }

  /** Returns where it serves the API, on loopback. */
  int apiPort() throws IOException {
    say("api");
    return Integer.parseInt(answer("api")[1]);
  }

  /** How many load reports have come. */
  long reports() throws IOException {
    say("reports");
    return Long.parseLong(answer("reports")[1]);
  }

  /** How many requests in them counted. */
  long reportedRequests() throws IOException {
    say("requests");
    return Long.parseLong(answer("requests")[1]);
  }

  @Override
  public Collections collections() throws IOException {
    say("gc");
    String[] words = answer("gc");
    List<String> causes = Stream.of(words).skip(3).map(cause -> cause.replace('_', ' ')).toList();
    return new Collections(Long.parseLong(words[1]), Long.parseLong(words[2]), causes);
  }

  /** What lives in its heap: bytes that are used after a collection of all of it. */
  public long heap() throws IOException {
    say("heap");
    return Long.parseLong(answer("heap")[1]);
  }

  private void say(String line) throws IOException {
    in.write(line);
    in.write('\n');
    in.flush();
  }

  /** Whatever else the JVM prints is passed over. */
  private String[] answer(String keyword) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(keyword + " ")) {
        return line.split(" ", -1);
      }
    }
    throw new IOException("the server has ended");
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
