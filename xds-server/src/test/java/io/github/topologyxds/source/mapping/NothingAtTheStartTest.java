package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.FileSource;
import io.github.topologyxds.state.StateChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder without objects is no state, but what is wrong with it is told. */
class NothingAtTheStartTest {
  private final List<StateChange> batches = new CopyOnWriteArrayList<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void shouldSayWhyThereIsNothingAndHandOverEverythingOnceThereIs() throws Exception {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "kind: [\n");
    try (FileSource source = FileSource.start(folder, batches::add)) {
      assertThat(source).isNotNull();
      assertThat(batches).singleElement().isInstanceOf(StateChange.Difference.class);
      assertThat(batches.getFirst().findings())
          .extracting(Finding::reason)
          .containsExactly(Reason.INPUT_EMPTY, Reason.YAML_INVALID);
      assertThat(source.troubles())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("YAML_INVALID File " + file + ":2: ");
      assertThat(source.brokenFiles()).isEqualTo(1);

      Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Node
          metadata: {name: node-a}
          """);
      await().until(() -> batches.getLast() instanceof StateChange.Everything);
      assertThat(batches.getLast().findings()).isEmpty();
      await().untilAsserted(() -> assertThat(source.troubles()).isEmpty());
      assertThat(source.brokenFiles()).isZero();
    }
  }
}
