package io.github.topologyxds.e2e.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.GeneratedCluster;
import io.github.topologyxds.e2e.bench.ServerProcess;
import io.github.topologyxds.e2e.pages.WalkedBlock;
import io.github.topologyxds.e2e.protocol.Sidecars;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the module dist has built runs where there is nothing but it and glibc. */
@Tag("dist")
class DistTest {
  private static final Path DIST = Path.of("..", "dist");
  private static final long MAX_BYTES = 80_000_000;

  /** Parts of libraries that nobody here uses: Jackson's types of SQL and beans. */
  private static final Set<String> OPTIONAL = Set.of("java.desktop", "java.sql");

  @TempDir private static Path folder = Path.of("");
  private static Path tar = Path.of("");
  private static EmptyRoot root = new EmptyRoot(Path.of(""), "");

  @TempDir private Path logs = Path.of("");

  @BeforeAll
  static void unpack() throws IOException {
    try (Stream<Path> files = Files.list(DIST.resolve("target"))) {
      tar = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    root = EmptyRoot.of(tar, folder);
  }

  @Test
  void itIsSmallAndHasItsSumAndListBesideIt() throws Exception {
    assertThat(Files.size(tar)).isLessThan(MAX_BYTES);
    assertThat(
            Command.of("sh", "-c", "cd ../dist/target && sha256sum -c topology-xds-*.sha256").run())
        .contains("OK");
    assertThat(Files.readString(Path.of(tar.toString().replace(".tar.gz", ".cdx.json"))))
        .contains("\"CycloneDX\"", "pkg:maven/io.grpc/grpc-netty@");
  }

  /** docs/install.md, where nothing but the archive and its sum are. */
  @Test
  void theCommandsOfThePageUnpackIt() throws Exception {
    for (String file : List.of("", ".sha256")) {
      Path from = Path.of(tar + file);
      Files.copy(from, logs.resolve(from.getFileName().toString()));
    }
    String commands = "cd " + logs + "\n" + WalkedBlock.INSTALL_ARCHIVE.commands();

    assertThat(Command.of("bash", "-eu", "-c", commands).run())
        .contains(": OK")
        .contains("\ntopology-xds ");
  }

  @Test
  void itRunsInAnEmptyRoot() throws Exception {
    Command.Result version = root.run(List.of(), "version");

    assertThat(version.output()).startsWith("topology-xds ").contains("Java 25");
    assertThat(version.output()).as("nothing but three lines").hasLineCount(3);
    assertThat(version.exit()).isZero();
  }

  @Test
  void anEnvoyGetsItsEndpointsAndItsClassesComeFromTheArchive() throws Exception {
    BackendSpec spec = new BackendSpec("web-1", "zone-a", "node-a", "127.8.2.9", FreePorts.next());
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("web.yaml"), web(spec));
    int port = FreePorts.next();
    List<String> launcher =
        root.launcher("-Xlog:class+load:file=/loaded", "-XX:DumpLoadedClassList=/served");
    ServerProcess server =
        ServerProcess.start(
            launcher,
            port,
            List.of("--files", "/files", "--api", "127.0.0.1:" + FreePorts.next()),
            Redirect.to(logs.resolve("log").toFile()));
    try (EchoBackend backend = EchoBackend.start(spec);
        EnvoyProcess envoy = new Sidecars(port, XdsProtocol.DELTA).start("node-a")) {
      var result =
          new LoadGenerator(envoy.outbound(), LoadRequest.get("web.shop"))
              .run(LoadBounds.of(20, 1));
      assertThat(result.failed()).as(result.firstError()).isZero();
      assertThat(backend.requests()).isEqualTo(20);
    } finally {
      server.terminate();
      server.process().waitFor();
      server.stop();
    }
    if (Boolean.getBoolean("classes.rewrite")) {
      rewriteClasses();
      return;
    }

    List<String> loaded = Files.readAllLines(folder.resolve("loaded"));
    List<String> late =
        loaded.stream()
            .filter(line -> line.contains(" source: "))
            .filter(line -> !line.contains("shared objects file"))
            .toList();
    assertThat(loaded).hasSizeGreaterThan(2000);
    assertThat(late)
        .as("classes that are not in the archive; docs/release.md says how to write its list anew")
        .hasSizeLessThan(loaded.size() / 10);
  }

  @Test
  void noClassIsOfAFormatTooOldForTheArchiveOfClasses() throws Exception {
    assertThat(Files.readString(DIST.resolve("target/archive.log")))
        .as("what the JVM said when it made the archive of classes")
        .contains("Skipping ")
        .doesNotContain("Old class");
  }

  @Test
  void itsRuntimeHasTheModulesThatJdepsNames() throws Exception {
    Path jdeps = Path.of(System.getProperty("java.home"), "bin", "jdeps");
    Set<String> named = new TreeSet<>();
    try (Stream<Path> jars = Files.list(root.unpacked().resolve("app"))) {
      for (Path jar : jars.toList()) {
        // Of a library that is a module, whose own are not on a module path, it names nothing.
        Command.of(jdeps.toString(), "-s", "--multi-release", "25", jar.toString())
            .result()
            .output()
            .lines()
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .filter(word -> word.matches("(java|jdk)\\.[a-z.]+"))
            .forEach(named::add);
      }
    }
    assertThat(named).contains("java.net.http", "jdk.management", "jdk.unsupported");
    named.removeAll(OPTIONAL);
    String runtime = Files.readString(root.unpacked().resolve("runtime/release"));
    String modules = runtime.replaceAll("(?s).*MODULES=\"([^\"]*)\".*", "$1");

    assertThat(Arrays.asList(modules.split(" "))).containsAll(named);
  }

  /**
   * What serves an Envoy, follows a cluster, translates: the names, sorted, as they are in any run.
   */
  private static void rewriteClasses() throws Exception {
    followCluster();
    List<String> option = List.of("-XX:DumpLoadedClassList=/translated");
    assertThat(root.run(option, "translate", "-f", "/files", "--zone", "zone-a").exit()).isZero();

    Set<String> names = new TreeSet<>();
    // Equal lines are lambdas of different places: each takes one of them out of the archive.
    Map<String, Integer> lambdas = new TreeMap<>();
    for (String list : List.of("served", "followed", "translated")) {
      Map<String, Integer> counted = new TreeMap<>();
      for (String line : Files.readAllLines(folder.resolve(list))) {
        if (line.startsWith("@lambda")) {
          counted.merge(line, 1, Integer::sum);
        } else if (line.matches("\\w.*")) {
          names.add(line.replaceAll(" .*", ""));
        }
      }
      counted.forEach((line, count) -> lambdas.merge(line, count, Math::max));
    }
    List<String> all = new ArrayList<>(names);
    lambdas.forEach((line, count) -> all.addAll(Collections.nCopies(count, line)));
    Files.write(DIST.resolve("src/main/archive/classes"), all);
  }

  /** As in a Pod, which has no kubeconfig, and talks to the API server over TLS. */
  private static void followCluster() throws Exception {
    try (ApiServer api = ApiServer.start()) {
      api.load(new GeneratedCluster(10, 10, 3).objects());
      ServerProcess server =
          ServerProcess.start(
              root.launcher(api.startForPod(folder), "-XX:DumpLoadedClassList=/followed"),
              FreePorts.next(),
              List.of("--kubernetes", "--api", "off"),
              Redirect.DISCARD);
      server.terminate();
      server.process().waitFor();
      server.stop();
    }
  }

  private static String web(BackendSpec spec) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {ports: [{name: http, port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
    addressType: IPv4
    ports: [{name: http, port: %d}]
    endpoints: [{addresses: ["%s"]}]
    """
        .formatted(spec.port(), spec.address());
  }
}
