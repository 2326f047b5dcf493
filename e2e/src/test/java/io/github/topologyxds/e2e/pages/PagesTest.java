package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.MachineLock;
import io.github.topologyxds.e2e.cluster.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of a page is run as it stands there, one after the other, in a copy of the checkout.
 */
class PagesTest {
  private static final Pattern PRINTS = Pattern.compile("# prints ([\\w-]+)");

  /** The pages use the ports that a user would: other checkouts of this machine wait for them. */
  private static final String PORTS = "pages";

  /** What blocks need that are run here. */
  static final Set<String> RUN = Set.of("", "ci-scripts", "real-cluster");

  @TempDir private Path folder = Path.of("");

  static List<Path> pages() throws IOException {
    return pagesWith("");
  }

  static List<Path> pagesOfMaven() throws IOException {
    return pagesWith("ci-scripts");
  }

  static List<Path> pagesOfClusters() throws IOException {
    return pagesWith("real-cluster");
  }

  private static List<Path> pagesWith(String needs) throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : Block.pages()) {
      if (!script(page, needs).isEmpty()) {
        pages.add(page);
      }
    }
    return pages;
  }

  private static String script(Path page, String needs) throws IOException {
    return Block.of(page).stream()
        .filter(block -> block.mark().needs().equals(needs))
        .filter(block -> block.mark().notRun().isEmpty() && !RunBlocksTest.isWalked(block))
        .map(Block::text)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void runs(Path page) throws Exception {
    try (MachineLock ports = MachineLock.take(PORTS)) {
      assertThat(ports.lock().isValid()).isTrue();
      run(page, "", 180, new CheckoutCopy(folder));
    }
  }

  /** Those that look at the cluster, whatever is in it, and change nothing. */
  @Tag("real-cluster")
  @ParameterizedTest
  @MethodSource("pagesOfClusters")
  void runsWithACluster(Path page) throws Exception {
    Path kubeconfig = RealCluster.kubeconfig();
    CheckoutCopy copy = new CheckoutCopy(folder).withCluster(kubeconfig);
    String kinds = "kubectl apply -f deploy/slices/externalworkload-crd.yaml\n";
    String unused = copy.run(kinds, folder.resolve("kinds"), 60);
    try (MachineLock ports = MachineLock.take(PORTS)) {
      assertThat(ports.lock().isValid()).isTrue();
      run(page, "real-cluster", 180, copy);
    }
  }

  /** Maven in a copy of the checkout: takes a minute. */
  @Tag("ci-scripts")
  @ParameterizedTest
  @MethodSource("pagesOfMaven")
  void runsWithMaven(Path page) throws Exception {
    run(page, "ci-scripts", 600, new CheckoutCopy(folder));
  }

  private void run(Path page, String needs, int seconds, CheckoutCopy copy) throws Exception {
    String script = script(page, needs);
    List<String> promised =
        PRINTS.matcher(script).results().map((MatchResult found) -> found.group(1)).toList();

    String output = copy.run(script, folder.resolve("log"), seconds);

    assertThat(output.lines().filter(promised::contains)).as(output).isEqualTo(promised);
  }
}
