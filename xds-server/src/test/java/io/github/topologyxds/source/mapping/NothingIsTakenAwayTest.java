package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.ManifestFolder;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever looks like an editor, a checkout, a copy or a remount in progress takes nothing away.
 */
class NothingIsTakenAwayTest {
  private static final Duration ALMOST = Duration.ofMillis(999);
  private static final Duration REST = Duration.ofMillis(1);

  @TempDir private Path root = Path.of("");
  private Path folder = Path.of("");
  private final TurnedClock clock = new TurnedClock();

  @BeforeEach
  void twoFiles() throws IOException {
    folder = Files.createDirectory(root.resolve("manifests"));
    write("a.yaml", node("a", "1"));
    write("b.yaml", node("b", "1"));
  }

  @Test
  void shouldCountADeletionOnceItHasLastedASecond() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    clock.turnOn(ALMOST);
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    assertThat(polled.state().findings()).isEmpty();
    clock.turnOn(REST);
    assertThat(polled.poll()).isTrue();
    assertThat(zones(polled)).containsExactly("b=1");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30, 50, 500, 900})
  void shouldKeepAFileThatIsRemovedAndWrittenAgain(long gap) throws Exception {
    ManifestFolder polled = open();
    for (int round = 2; round < 5; round++) {
      Files.delete(folder.resolve("a.yaml"));
      for (long at = 0; at < gap; at += 30) {
        clock.turnOn(Duration.ofMillis(30));
        look(polled);
        assertThat(zones(polled)).containsExactly("a=" + (round - 1), "b=1");
      }
      write("a.yaml", node("a", String.valueOf(round)));
      look(polled);
      assertThat(zones(polled)).containsExactly("a=" + round, "b=1");
      assertThat(polled.state().findings()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheNewTextOfAMovedFileAtOnce() throws Exception {
    ManifestFolder polled = open();
    Files.move(folder.resolve("a.yaml"), folder.resolve("z.yaml"));
    write("z.yaml", node("a", "2"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=1");
    assertThat(polled.state().findings()).isEmpty();
    clock.turnOn(Duration.ofMillis(100));
    Files.move(folder.resolve("z.yaml"), folder.resolve("a.yaml"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=1");
    assertThat(polled.state().findings()).isEmpty();
  }

  @Test
  void shouldKeepAnObjectThatHasLeftOneFileAndNotYetArrivedInAnother() throws Exception {
    ManifestFolder polled = open();
    write("a.yaml", "# moved to b.yaml");
    look(polled);
    clock.turnOn(Duration.ofMillis(500));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    write("b.yaml", node("b", "1") + node("a", "2"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=1");
  }

  @Test
  void shouldKeepWhatIsMissingInAHalfWrittenTextThatEndsWithALine() throws Exception {
    write("a.yaml", node("a", "1") + node("c", "1"));
    ManifestFolder polled = open();
    write("a.yaml", node("a", "2"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=1", "c=1");
    clock.turnOn(Duration.ofMillis(500));
    write("a.yaml", node("a", "2") + node("c", "2"));
    look(polled);
    clock.turnOn(Duration.ofSeconds(20));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=1", "c=2");
  }

  @Test
  void shouldKeepEverythingWhileTheFolderHasNoManifestAndSaySo() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("a.yaml"));
    Files.delete(folder.resolve("b.yaml"));
    look(polled);
    clock.turnOn(ALMOST);
    look(polled);
    assertThat(polled.state().findings()).isEmpty();
    clock.turnOn(Duration.ofHours(1));
    assertThat(look(polled)).isTrue();
    assertThat(look(polled)).isFalse();
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    Finding finding = only(polled);
    assertThat(finding.reason()).isEqualTo(Reason.INPUT_EMPTY);
    assertThat(finding.object()).hasToString("File " + folder);
    assertThat(finding.message()).contains("last state stays in force");

    write("b.yaml", node("b", "2"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=2");
    assertThat(polled.state().findings()).isEmpty();
    clock.turnOn(ALMOST);
    write("a.yaml", node("a", "2"));
    look(polled);
    clock.turnOn(Duration.ofHours(1));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=2");
  }

  @Test
  void shouldBelieveAFileWithoutObjectsInAnEmptiedFolder() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("b.yaml"));
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    write("none.yaml", "# nothing any more");
    look(polled);
    clock.turnOn(Duration.ofSeconds(1));
    look(polled);
    assertThat(zones(polled)).isEmpty();
  }

  @Test
  void shouldNotTakeAFileWithoutACharacterForTheStateOfAnEmptiedFolder() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("b.yaml"));
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    write("c.yaml", "");
    look(polled);
    clock.turnOn(Duration.ofHours(1));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
  }

  @Test
  void shouldKeepEverythingWhileTheFolderIsAway() throws Exception {
    ManifestFolder polled = open();
    Files.move(folder, root.resolve("away"));
    look(polled);
    clock.turnOn(Duration.ofSeconds(10));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    assertThat(only(polled).reason()).isEqualTo(Reason.FILE_UNREADABLE);
    Files.createDirectory(folder);
    look(polled);
    clock.turnOn(Duration.ofSeconds(10));
    look(polled);
    assertThat(only(polled).reason()).isEqualTo(Reason.INPUT_EMPTY);
    Files.delete(folder);
    Files.move(root.resolve("away"), folder);
    look(polled);
    clock.turnOn(Duration.ofSeconds(10));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    assertThat(polled.state().findings()).isEmpty();
  }

  @Test
  void shouldWaitForACopyThatIsStillInProgressButNotForEver() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    for (int i = 0; i < 15; i++) {
      write("copied-" + i + ".yaml", node("c" + i, "1"));
      look(polled);
      if (i * 700 < 10_000) {
        assertThat(zones(polled)).contains("a=1");
      }
      clock.turnOn(Duration.ofMillis(700));
    }
    look(polled);
    assertThat(zones(polled)).doesNotContain("a=1").hasSize(16);
  }

  @Test
  void shouldNotBringBackWhatWasGoneWhenItsFileComesBackEmpty() throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    clock.turnOn(Duration.ofSeconds(2));
    look(polled);
    write("a.yaml", "");
    look(polled);
    assertThat(zones(polled)).containsExactly("b=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kind: [", "apiVersion: v1\nkind: Node\nmetadata: {name: a, x: {y"})
  void shouldKeepAFileThatComesBackBrokenFromARemoval(String half) throws Exception {
    ManifestFolder polled = open();
    Files.delete(folder.resolve("a.yaml"));
    look(polled);
    clock.turnOn(Duration.ofMillis(200));
    write("a.yaml", half);
    look(polled);
    clock.turnOn(Duration.ofHours(1));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    assertThat(only(polled).message()).endsWith("stays in force");
  }

  @Test
  void shouldKeepAConfigMapWhoseDataLinkIsGoneForAMoment() throws Exception {
    Files.delete(folder.resolve("a.yaml"));
    Files.delete(folder.resolve("b.yaml"));
    mount("..1", "1");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data", "a.yaml"));
    Files.createSymbolicLink(folder.resolve("b.yaml"), Path.of("..data", "b.yaml"));
    ManifestFolder polled = open();
    Files.delete(folder.resolve("..data"));
    look(polled);
    clock.turnOn(Duration.ofHours(1));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    mount("..2", "2");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2"));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=2", "b=2");
    assertThat(polled.state().findings()).isEmpty();
  }

  @Test
  void shouldFollowALinkToTheFolderThatLeadsToAnEmptyOneForAWhile() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), folder);
    ManifestFolder polled = ManifestFolder.open(link, clock);
    Path empty = Files.createDirectory(root.resolve("empty"));
    swap(link, empty);
    look(polled);
    clock.turnOn(Duration.ofSeconds(9));
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    swap(link, folder);
    look(polled);
    assertThat(zones(polled)).containsExactly("a=1", "b=1");
    assertThat(polled.state().findings()).isEmpty();
  }

  private void swap(Path link, Path target) throws IOException {
    Path next = Files.createSymbolicLink(root.resolve("next"), target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ManifestFolder open() throws SourceException {
    return ManifestFolder.open(folder, clock);
  }

  /** As often as a change needs to come to rest. */
  private static boolean look(ManifestFolder polled) {
    return Stream.of(1, 2, 3).map(time -> polled.poll()).reduce(false, Boolean::logicalOr);
  }

  private static Finding only(ManifestFolder polled) {
    assertThat(polled.state().findings()).hasSize(1);
    return polled.state().findings().getFirst();
  }

  private static List<String> zones(ManifestFolder polled) {
    return polled.state().objects().values().stream()
        .map(object -> ((ModelObject.OfNode) object).model())
        .map(node -> node.name() + "=" + node.zone())
        .toList();
  }

  private void mount(String name, String zone) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    Files.writeString(data.resolve("a.yaml"), node("a", zone));
    Files.writeString(data.resolve("b.yaml"), node("b", zone));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String node(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata:
      name: %s
      labels:
        topology.kubernetes.io/zone: "%s"
    ---
    """
        .formatted(name, zone);
  }
}
