package io.github.topologyxds.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.FolderReader.Work;
import io.github.topologyxds.source.files.FolderWatch.Notices;
import io.github.topologyxds.source.manifests.ManifestContent.Located;
import io.github.topologyxds.source.manifests.ManifestReader;
import io.github.topologyxds.source.manifests.ObjectMerge;
import io.github.topologyxds.source.mapping.RecordingSink;
import io.github.topologyxds.source.mapping.TurnedClock;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change costs grows with what has changed, and not with the folder. */
class FolderWorkTest {
  private static final Duration BRIEFLY = Duration.ofMillis(2);
  private static final Duration LONGER = Duration.ofMillis(15);
  private static final Notices QUIET = new Notices(Set.of(), false, false);

  @TempDir private Path folder = Path.of("");
  private final TurnedClock clock = new TurnedClock();

  @ParameterizedTest
  @ValueSource(ints = {3, 400})
  void shouldLookAtReadAndMergeOneFileWhereOneHasChanged(int others) throws Exception {
    fill(others);
    ManifestFolder manifests = ManifestFolder.open(folder, clock);
    manifests.takeChanges();
    Work before = manifests.work();
    assertThat(before).isEqualTo(new Work(1, others, others));
    write("7.yaml", node("n1", "new"));
    Path changed = folder.resolve("7.yaml");

    assertThat(manifests.lookAt(Set.of(changed), Rest.BRIEF)).isFalse();
    assertThat(manifests.lookAt(Set.of(), Rest.BRIEF)).isTrue();

    assertThat(manifests.work().since(before).listings()).isZero();
    assertThat(manifests.work().since(before).reads()).isEqualTo(1);
    assertThat(manifests.work().since(before).looks()).isLessThanOrEqualTo(3);
    assertThat(manifests.takeChanges()).hasSize(1);
    Work quiet = manifests.work();
    assertThat(manifests.lookAt(Set.of(), Rest.BRIEF)).isFalse();
    assertThat(manifests.work()).isEqualTo(quiet);
  }

  @Test
  void shouldTouchTheObjectsOfTheFileAloneAndFindItsDuplicates() {
    ObjectMerge merge = new ObjectMerge();
    for (int i = 0; i < 1000; i++) {
      merge.put(Path.of(i + ".yaml"), part(i + ".yaml", node("n" + i, "a")));
    }
    List<Finding> none = merge.findings();
    assertThat(merge.put(Path.of("5.yaml"), part("5.yaml", node("n5", "b")))).hasSize(1);
    assertThat(merge.findings()).isSameAs(none).isEmpty();
    assertThat(merge.put(Path.of("5.yaml"), part("5.yaml", node("n6", "b"))))
        .extracting(Object::toString)
        .containsExactly("Node n5", "Node n6");
    assertThat(merge.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.OBJECT_DUPLICATE);
          assertThat(finding.message()).contains("5.yaml:1", "6.yaml:1");
        });
    assertThat(merge.put(Path.of("5.yaml"), ObjectMerge.Part.NOTHING)).hasSize(1);
    assertThat(merge.findings()).isEmpty();
    assertThat(merge.keys()).hasSize(999);
  }

  @Test
  void shouldHandOverOneObjectThroughTheKernelsNotification() throws Exception {
    fill(1000);
    RecordingSink sink = new RecordingSink();
    try (FileSource source = FileSource.start(folder, sink)) {
      Work before = source.work();
      write("7.yaml", node("n1", "new"));
      await().until(() -> sink.batches.size() > 1);
      assertThat(source.work().since(before).reads()).isEqualTo(1);
    }
    assertThat(sink.batches).hasSize(2);
    assertThat(((StateChange.Difference) sink.batches.getLast()).changes())
        .hasSize(1)
        .first()
        .isInstanceOf(ObjectChange.Put.class);
  }

  @Test
  void shouldLookAtTheWholeWhenNoticesWereLostAndEveryFewSeconds() throws Exception {
    fill(3);
    ManifestFolder manifests = ManifestFolder.open(folder, clock);
    try (FolderWatch watch = FolderWatch.of(folder)) {
      assertThat(watch.isTold()).as("the temporary folder is on a local file system").isTrue();
      LookSchedule schedule = new LookSchedule(clock);
      write("8.yaml", node("n8", "a"));
      assertThat(schedule.look(manifests, watch, QUIET)).isFalse();
      schedule.look(manifests, watch, new Notices(Set.of(), true, false));
      clock.turnOn(BRIEFLY);
      assertThat(schedule.look(manifests, watch, QUIET)).isTrue();
      assertThat(manifests.state().objects()).hasSize(4);

      write("9.yaml", node("n9", "a"));
      Work before = manifests.work();
      clock.turnOn(Duration.ofMillis(4990));
      assertThat(schedule.look(manifests, watch, QUIET)).isFalse();
      assertThat(manifests.work().since(before).listings()).isZero();
      clock.turnOn(LONGER);
      schedule.look(manifests, watch, QUIET);
      assertThat(manifests.work().since(before).listings()).isEqualTo(1);
      clock.turnOn(BRIEFLY);
      assertThat(schedule.look(manifests, watch, QUIET)).isTrue();
      assertThat(manifests.state().objects()).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kind: [", "LONG"})
  void shouldGiveAWriterTimeWhoseTextReadsAsIfItWentOn(String half) throws Exception {
    fill(3);
    ManifestFolder manifests = ManifestFolder.open(folder, clock);
    try (FolderWatch watch = FolderWatch.of(folder)) {
      LookSchedule schedule = new LookSchedule(clock);
      // Good YAML that ends between two lines, where a writer's buffer was full.
      String text = half.equals("LONG") ? node("n1", "half") + "# x\n".repeat(1100) : half;
      Path file = write("7.yaml", text);
      schedule.look(manifests, watch, new Notices(Set.of(file), false, false));
      clock.turnOn(BRIEFLY);
      assertThat(schedule.look(manifests, watch, QUIET)).isFalse();
      clock.turnOn(LONGER.minus(BRIEFLY));
      assertThat(schedule.look(manifests, watch, QUIET)).isTrue();
    }
  }

  @Test
  void shouldNotWaitForALongTextThatEndsAsItDidBefore() throws Exception {
    write("7.yaml", node("n1", "old") + "# x\n".repeat(2000) + "# end\n");
    ManifestFolder manifests = ManifestFolder.open(folder, clock);
    Path file = write("7.yaml", node("n1", "new") + "# x\n".repeat(1500) + "# end\n");
    manifests.lookAt(Set.of(file), Rest.BRIEF);
    assertThat(manifests.lookAt(Set.of(), Rest.BRIEF)).isTrue();
  }

  @Test
  void shouldReadWhatIsNamedHoweverItLooks() throws Exception {
    Path file = write("7.yaml", node("n1", "old"));
    ManifestFolder manifests = ManifestFolder.open(folder, clock);
    manifests.lookAt(Set.of(file), Rest.BRIEF);
    manifests.lookAt(Set.of(), Rest.BRIEF);
    var time = Files.getLastModifiedTime(file);
    write("7.yaml", node("n1", "new"));
    Files.setLastModifiedTime(file, time);
    manifests.lookAt(Set.of(file), Rest.BRIEF);
    assertThat(manifests.lookAt(Set.of(), Rest.BRIEF)).isTrue();
  }

  private void fill(int files) throws IOException {
    for (int i = 1; i < files; i++) {
      write(i + 10 + ".yaml", node("n" + (i + 1), "a"));
    }
    write("7.yaml", node("n1", "a"));
  }

  private static ObjectMerge.Part part(String file, String text) {
    List<Located> objects = new ArrayList<>(ManifestReader.read(file, text).objects());
    return new ObjectMerge.Part(objects, List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
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
