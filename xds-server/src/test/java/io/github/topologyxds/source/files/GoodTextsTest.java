package io.github.topologyxds.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.mapping.TurnedClock;
import io.github.topologyxds.state.ModelObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is broken when a server starts counts with what it said before. */
class GoodTextsTest {
  @TempDir private Path root = Path.of("");
  private Path folder = Path.of("");
  private Path texts = Path.of("");
  private final TurnedClock clock = new TurnedClock();

  @BeforeEach
  void twoFiles() throws Exception {
    folder = Files.createDirectory(root.resolve("manifests"));
    texts = root.resolve("texts");
    Files.writeString(folder.resolve("a.yaml"), node("a", "1") + "---\n" + node("a2", "1"));
    Files.writeString(folder.resolve("b.yaml"), node("b", "1"));
    assertThat(start()).containsExactly("a=1", "a2=1", "b=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: [", "", "\u0000", "apiVersion: v1\nkind: Node\nmetadata: {na"})
  void shouldKeepWhatABrokenFileSaid(String broken) throws Exception {
    Files.writeString(folder.resolve("a.yaml"), broken);
    // More than one restart, and what is good is taken from the folder all the same.
    Files.writeString(folder.resolve("b.yaml"), node("b", "2"));
    assertThat(start()).containsExactly("a=1", "a2=1", "b=2");
    assertThat(start()).containsExactly("a=1", "a2=1", "b=2");
    Files.writeString(folder.resolve("a.yaml"), node("a", "3"));
    assertThat(start()).containsExactly("a=3", "b=2");
    Files.writeString(folder.resolve("a.yaml"), broken);
    assertThat(start()).containsExactly("a=3", "b=2");
  }

  @Test
  void shouldKeepOnlyWhatTheBrokenPartMayHaveHeld() throws Exception {
    Files.writeString(
        folder.resolve("a.yaml"), node("a", "2") + "---\napiVersion: v1\nkind: Node\nspec: 7\n");
    assertThat(start()).containsExactly("a=2", "a2=1", "b=1");
  }

  @Test
  void shouldSayThatWhatWasGoodBeforeStaysInForce() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), "kind: [");
    try (GoodTextFolder good = GoodTextFolder.open(texts)) {
      assertThat(ManifestFolder.open(folder, clock, good).state().findings())
          .singleElement()
          .satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.YAML_INVALID);
            assertThat(finding.message()).endsWith("what was good before stays in force");
          });
    }
  }

  @Test
  void shouldTakeWhatBecameGoodWhileItRanAndForgetWhatWentAway() throws Exception {
    try (GoodTextFolder good = GoodTextFolder.open(texts)) {
      ManifestFolder polled = ManifestFolder.open(folder, clock, good);
      Files.writeString(folder.resolve("a.yaml"), node("a", "4"));
      Files.delete(folder.resolve("b.yaml"));
      polled.poll();
      polled.poll();
      clock.turnOn(Duration.ofSeconds(2));
      polled.poll();
      assertThat(zones(polled)).containsExactly("a=4");
    }
    Files.writeString(folder.resolve("a.yaml"), "kind: [");
    Files.writeString(folder.resolve("b.yaml"), "kind: [");
    assertThat(start()).containsExactly("a=4");
  }

  @Test
  void shouldForgetWhatWentAwayWhileNobodyLooked() throws Exception {
    Files.delete(folder.resolve("b.yaml"));
    assertThat(start()).containsExactly("a=1", "a2=1");
    Files.writeString(folder.resolve("b.yaml"), "kind: [");
    assertThat(start()).containsExactly("a=1", "a2=1");
  }

  @Test
  void shouldNotBelieveWhatIsDamagedAndHideTheTextsFromOthers() throws Exception {
    List<Path> kept = kept();
    assertThat(kept).hasSize(2);
    for (Path text : kept) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text)))
          .isEqualTo("rw-------");
      Files.writeString(text, node("x", "9"));
    }
    Files.writeString(folder.resolve("a.yaml"), "kind: [");
    assertThat(start()).containsExactly("b=1");
  }

  @Test
  void shouldWriteNothingThatIsThereAlready() throws Exception {
    List<Path> before = kept();
    List<Object> keys = before.stream().map(GoodTextsTest::key).toList();
    start();
    assertThat(kept().stream().map(GoodTextsTest::key)).containsExactlyElementsOf(keys);
  }

  private static Object key(Path file) {
    try {
      return Files.getAttribute(file, "unix:ino");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.list(texts)) {
      return all.sorted().toList();
    }
  }

  /** A server that starts and ends. */
  private List<String> start() throws Exception {
    try (GoodTextFolder good = GoodTextFolder.open(texts)) {
      return zones(ManifestFolder.open(folder, clock, good));
    }
  }

  private static List<String> zones(ManifestFolder polled) {
    return polled.state().objects().values().stream()
        .map(object -> ((ModelObject.OfNode) object).model())
        .map(node -> node.name() + "=" + node.zone())
        .toList();
  }

  private static String node(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s, labels: {topology.kubernetes.io/zone: "%s"}}
    """
        .formatted(name, zone);
  }
}
