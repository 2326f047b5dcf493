package io.github.topologyxds.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.mapping.LogCapture;
import io.github.topologyxds.source.mapping.RecordingSink;
import io.github.topologyxds.source.mapping.TurnedClock;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.SourceException;
import io.github.topologyxds.state.StateChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
  @TempDir Path folder = Path.of("");

  private final RecordingSink sink = new RecordingSink();
  private final List<FileSource> running = new ArrayList<>();
  private final LogCapture log = new LogCapture(ManifestFolder.class);
  private final TurnedClock clock = new TurnedClock();

  @BeforeEach
  void oneGoodFile() throws IOException {
    write("a.yaml", node("a", "zone-a") + node("b", "zone-b"));
  }

  @AfterEach
  void stop() {
    running.forEach(FileSource::close);
    log.close();
  }

  @Test
  void theFirstBatchIsTheCompleteState() throws Exception {
    write("b.yml", node("c", "zone-c"));
    write(".hidden.yaml", node("d", "zone-a"));
    write("notes.txt", "no manifest");
    Files.createDirectory(folder.resolve("folder.yaml"));
    follow();
    assertThat(sink.batches).hasSize(1);
    assertThat(sink.batches.getFirst()).isInstanceOf(StateChange.Everything.class);
    assertThat(sink.keys()).containsExactly("Node a", "Node b", "Node c");
  }

  @Test
  void addEditAndDeleteAreHandedOverAsDifferences() throws Exception {
    follow();
    write("b.yaml", node("c", "zone-c"));
    eventually(() -> assertThat(sink.keys()).containsExactly("Node a", "Node b", "Node c"));
    write("a.yaml", node("a", "zone-a") + node("b", "zone-new"));
    eventually(() -> assertThat(zoneOf("b")).isEqualTo("zone-new"));
    Files.delete(folder.resolve("a.yaml"));
    eventually(() -> assertThat(sink.keys()).containsExactly("Node c"));
    assertThat(sink.batches.stream().skip(1))
        .allMatch(StateChange.Difference.class::isInstance)
        .extracting(batch -> ((StateChange.Difference) batch).changes().size())
        .containsExactly(1, 1, 2);
  }

  @Test
  void anAtomicRenameIsOneChange() throws Exception {
    follow();
    write(".a.yaml.tmp", node("a", "zone-new") + node("b", "zone-new"));
    move(".a.yaml.tmp", "a.yaml");
    eventually(() -> assertThat(zoneOf("a") + zoneOf("b")).isEqualTo("zone-newzone-new"));
    assertThat(sink.batches).hasSize(2);
  }

  @Test
  void aConfigMapsSwapIsOneChange() throws Exception {
    Files.delete(folder.resolve("a.yaml"));
    mount("..2026_1", node("a", "zone-1"), node("b", "zone-1"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(folder.resolve("x.yaml"), Path.of("..data", "x.yaml"));
    Files.createSymbolicLink(folder.resolve("y.yaml"), Path.of("..data", "y.yaml"));
    follow();
    assertThat(sink.keys()).containsExactly("Node a", "Node b");
    // Both objects change their files: at no moment may one of them be gone.
    mount("..2026_2", node("b", "zone-2"), node("a", "zone-2"));
    Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_2"));
    move("..data_tmp", "..data");
    eventually(() -> assertThat(zoneOf("a") + zoneOf("b")).isEqualTo("zone-2zone-2"));
    assertThat(sink.batches).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: [",
        "",
        "\n",
        "\tkind: Node\n",
        "just text",
        "apiVersion: v1\nkind: Node\nmetadata: {name: a, labels: 5}\n",
        "apiVersion: v1\nkind: Node\nmeta"
      })
  void aBrokenTextTakesNothingAway(String broken) throws Exception {
    follow();
    write("a.yaml", broken);
    eventually(() -> assertThat(sink.findings()).hasSize(1));
    assertThat(sink.keys()).containsExactly("Node a", "Node b");
    // Said by the finding, which whoever takes it logs; not a second time by the folder.
    assertThat(log.lines()).isEmpty();
    Finding finding = sink.findings().getFirst();
    assertThat(finding.object() + finding.message()).contains("a.yaml", "stays in force");
    write("a.yaml", node("c", "zone-c"));
    eventually(() -> assertThat(sink.keys()).containsExactly("Node c"));
    assertThat(sink.findings()).isEmpty();
    assertThat(log.lines()).singleElement().asString().contains("a.yaml", "good again");
  }

  @Test
  void noCutOfATextInTheMiddleOfALineTakesAnythingAway() throws Exception {
    String text = node("a", "zone-a") + node("b", "zone-b");
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    FolderState before = polled.state();
    for (int end = 0; end < text.length(); end++) {
      if (end > 0 && (text.charAt(end) == '\n' || text.charAt(end - 1) == '\n')) {
        continue;
      }
      write("a.yaml", text.substring(0, end));
      pollTwice(polled);
      assertThat(polled.state().objects()).isEqualTo(before.objects());
      assertThat(polled.state().findings()).isNotEmpty();
    }
  }

  @Test
  void theGoodPartOfATextIsTakenAndTheBrokenPartStaysAsItWas() throws Exception {
    follow();
    write("a.yaml", node("a", "zone-new") + node("b", "[list]"));
    eventually(() -> assertThat(zoneOf("a")).isEqualTo("zone-new"));
    assertThat(zoneOf("b")).isEqualTo("zone-b");
  }

  @Test
  void commentsAloneAreMeant() throws Exception {
    follow();
    write("a.yaml", "# nothing for now\n");
    eventually(() -> assertThat(sink.keys()).isEmpty());
  }

  @Test
  void aBrokenFileIsReadOncePerContent() throws Exception {
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    int changes = 0;
    for (String broken : List.of("a: [", "a: [", "b: [")) {
      write("a.yaml", broken);
      for (int i = 0; i < 5; i++) {
        changes += polled.poll() ? 1 : 0;
      }
    }
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void aFileThatCannotBeReadKeepsItsObjects() throws Exception {
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    Files.delete(folder.resolve("a.yaml"));
    Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("nowhere"));
    assertThat(pollTwice(polled)).isTrue();
    assertThat(polled.state().objects()).hasSize(2);
    assertThat(polled.state().findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.FILE_UNREADABLE);
    assertThat(pollTwice(polled)).isFalse();
  }

  @Test
  void ofTheSameObjectInTwoFilesTheFirstCountsUntilItGoes() throws Exception {
    write("b.yaml", node("a", "zone-of-b"));
    follow();
    assertThat(zoneOf("a")).isEqualTo("zone-a");
    assertThat(sink.findings()).hasSize(1);
    Finding finding = sink.findings().getFirst();
    assertThat(finding.reason()).isEqualTo(Reason.OBJECT_DUPLICATE);
    assertThat(finding.object()).hasToString("Node a");
    assertThat(finding.message()).contains("a.yaml:1", "b.yaml:1");
    Files.delete(folder.resolve("a.yaml"));
    eventually(() -> assertThat(sink.keys()).containsExactly("Node a"));
    assertThat(zoneOf("a")).isEqualTo("zone-of-b");
    assertThat(sink.findings()).isEmpty();
  }

  @Test
  void aTextThatSaysTheSameWakesNobody() throws Exception {
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    FolderState before = polled.state();
    write("a.yaml", "# Reordered.\n" + node("b", "zone-b") + node("a", "zone-a"));
    assertThat(pollTwice(polled)).isTrue();
    assertThat(polled.state().objects()).isEqualTo(before.objects());
    write("a.yaml", "# Reordered.\n" + node("b", "zone-b") + node("a", "zone-a"));
    assertThat(pollTwice(polled)).isFalse();
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAloneAndHoldsOthersUpOnlyBriefly() throws Exception {
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    write("b.yaml", node("c", "zone-c"));
    boolean changed = false;
    for (int i = 0; i < 4 && !changed; i++) {
      write("a.yaml", node("x" + i, "zone-a") + "#".repeat(i));
      changed = polled.poll();
    }
    assertThat(changed).isTrue();
    assertThat(polled.state().objects().keySet())
        .extracting(Object::toString)
        .containsExactly("Node a", "Node b", "Node c");
  }

  @Test
  void aFolderThatCannotBeReadAtTheStartIsOneClearLine() {
    assertThatThrownBy(() -> FileSource.start(folder.resolve("none"), sink))
        .isInstanceOf(SourceException.class)
        .hasMessage("cannot read the folder " + folder.resolve("none") + ": it does not exist");
    assertThatThrownBy(() -> FileSource.start(folder.resolve("a.yaml"), sink))
        .hasMessage("cannot read the folder " + folder.resolve("a.yaml") + ": it is no folder");
  }

  @Test
  void aFileAboveTheParsersDefaultLimitIsRead() throws Exception {
    StringBuilder large = new StringBuilder(5 << 20);
    for (int i = 0; large.length() < 4 << 20; i++) {
      large.append("# ").append("x".repeat(1000)).append('\n').append(node("n" + i, "zone-a"));
    }
    write("a.yaml", large.toString());
    ManifestFolder polled = ManifestFolder.open(folder, clock);
    assertThat(polled.state().findings()).isEmpty();
    assertThat(polled.state().objects()).hasSizeGreaterThan(3000);
  }

  @Test
  void aChangeIsHandedOverWithin100Milliseconds() throws Exception {
    follow();
    for (int i = 0; i < 20; i++) {
      String zone = "zone-" + i;
      write("a.yaml", node("a", zone));
      await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          // Twice what is promised: other builds share the machine.
          .atMost(Duration.ofMillis(200))
          .until(() -> zoneOf("a").equals(zone));
    }
  }

  private void follow() throws SourceException {
    running.add(FileSource.start(folder, sink));
  }

  private static boolean pollTwice(ManifestFolder polled) {
    boolean first = polled.poll();
    return polled.poll() || first;
  }

  private String zoneOf(String node) {
    return sink.objects().values().stream()
        .filter(o -> o instanceof ModelObject.OfNode n && n.model().name().equals(node))
        .map(o -> ((ModelObject.OfNode) o).model().zone())
        .findFirst()
        .orElse("");
  }

  private void mount(String name, String x, String y) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    Files.writeString(data.resolve("x.yaml"), x);
    Files.writeString(data.resolve("y.yaml"), y);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void move(String from, String to) throws IOException {
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(assertion);
  }

  private static String node(String name, String zone) {
    return """
    apiVersion: v1
    kind: Node
    metadata:
      name: %s
      labels:
        topology.kubernetes.io/zone: %s
    ---
    """
        .formatted(name, zone);
  }
}
