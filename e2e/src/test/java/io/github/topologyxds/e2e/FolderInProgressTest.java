package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.e2e.bench.Bench;
import io.github.topologyxds.e2e.bench.ProcessEnvoyRunner;
import io.github.topologyxds.e2e.bench.Proxy;
import io.github.topologyxds.e2e.bench.SteadyTraffic;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No request fails while an editor, a checkout or a remount is at work in the folder. */
class FolderInProgressTest {
  private final Bench bench;
  private final Path folder;

  FolderInProgressTest() throws IOException {
    bench = new Bench(new ProcessEnvoyRunner());
    folder = bench.world().folder();
  }

  @BeforeEach
  void world() throws IOException {
    bench.world().zones(2);
    bench.web(1);
  }

  @AfterEach
  void end() throws IOException {
    bench.close();
  }

  @Test
  void filesAreRemovedAndWrittenAgain() throws Exception {
    assertNoRequestFails(() -> {
      for (int gap : List.of(0, 30, 50, 500)) {
        for (Path file : manifests()) {
          String text = Files.readString(file);
          Files.delete(file);
          pass(gap);
          Files.writeString(file, text);
        }
      }
    });
  }

  @Test
  void anotherBranchIsCheckedOutWithTheSameServicesInOtherFiles() throws Exception {
    git("init", "--quiet", "--initial-branch=one");
    git("add", ".");
    git("commit", "--quiet", "--message=one");
    git("checkout", "--quiet", "-b", "two");
    StringBuilder all = new StringBuilder();
    for (Path file : manifests()) {
      all.append(Files.readString(file)).append("---\n");
      Files.delete(file);
    }
    Files.writeString(folder.resolve("all.yaml"), all + "# the other branch\n");
    git("add", "--all");
    git("commit", "--quiet", "--message=two");
    assertNoRequestFails(() -> {
      for (String branch : List.of("one", "two", "one")) {
        git("checkout", "--quiet", branch);
        pass(100);
      }
    });
  }

  @Test
  void theFolderIsRenamedAwayAndReplacedByAnEmptyOneAndComesBack() throws Exception {
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    assertNoRequestFails(() -> {
      Files.move(folder, away);
      pass(1200);
      Files.createDirectory(folder);
      pass(1200);
      for (Path file : manifestsIn(away)) {
        Files.move(file, folder.resolve(file.getFileName()));
        pass(200);
      }
      Files.delete(away);
    });
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void assertNoRequestFails(Work work) throws Exception {
    bench.startServer();
    Proxy proxy = bench.sidecar("node-a", XdsProtocol.DELTA);
    LoadRequest request = LoadRequest.get("web." + Bench.NAMESPACE);
    try (SteadyTraffic traffic = new SteadyTraffic(new LoadGenerator(proxy.http(), request))) {
      work.run();
      // What a deletion would have taken away is away after a second.
      pass(1200);
      bench.awaitInStep(proxy);
      System.out.println("requests, none failed: " + traffic.assertNoneFailed());
    }
  }

  private static void pass(int millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }

  private List<Path> manifests() throws IOException {
    return manifestsIn(folder);
  }

  private static List<Path> manifestsIn(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@localhost"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
  }
}
