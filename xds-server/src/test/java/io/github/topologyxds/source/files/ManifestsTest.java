package io.github.topologyxds.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestReaderTest;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void filesAndFoldersInAnyOrderGiveTheSame() throws Exception {
    Path a = write("a.yaml", ManifestReaderTest.EXAMPLE);
    Path b = write("b.json", ManifestReaderTest.JSON_EXAMPLE);
    Manifests.Loaded loaded = Manifests.load(List.of(folder));
    assertThat(loaded.objects()).hasSize(2);
    assertThat(loaded.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.OBJECT_DUPLICATE);
    assertThat(Manifests.load(List.of(b, a))).isEqualTo(loaded);
    assertThat(Manifests.load(List.of(a, folder, a, b))).isEqualTo(loaded);
  }

  @Test
  void aFileThatIsGivenByNameNeedsNoEnding() throws Exception {
    Path file = write("manifest", ManifestReaderTest.EXAMPLE);
    assertThat(Manifests.load(List.of(file)).objects()).hasSize(2);
  }

  @Test
  void aSyntaxErrorIsAFindingAndMarksItsFile() throws Exception {
    write("a.yaml", ManifestReaderTest.EXAMPLE);
    Path broken = write("b.yaml", "a: [");
    Path noText = folder.resolve("c.yaml");
    Files.write(noText, new byte[] {(byte) 0xff, 'a'});
    Manifests.Loaded loaded = Manifests.load(List.of(folder));
    assertThat(loaded.failed()).containsExactly(broken, noText);
    assertThat(loaded.objects()).hasSize(2);
    assertThat(loaded.findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.YAML_INVALID, Reason.FILE_UNREADABLE);
  }

  @Test
  void aPathThatCannotBeReadIsOneClearLine() {
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Manifests.load(List.of(none)))
        .isInstanceOf(SourceException.class)
        .hasMessage("cannot read " + none + ": it does not exist");
  }

  @Test
  void aFolderWithoutManifestsIsAWarning() throws Exception {
    assertThat(Manifests.load(List.of(folder)).findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.INPUT_EMPTY);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
