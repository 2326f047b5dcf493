package io.github.topologyxds.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestReader;
import io.github.topologyxds.source.mapping.TurnedClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that lies in the folder holds up the start, or takes the heap. */
class ReadLimitTest {
  private static final String NODE = "{apiVersion: v1, kind: Node, metadata: {name: a}}";

  @TempDir private Path folder = Path.of("");

  @Test
  @Timeout(20)
  void shouldNotWaitForPipesDevicesAndTheKernel() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), NODE);
    pipe("pipe.yaml");
    Files.createSymbolicLink(folder.resolve("null.yaml"), Path.of("/dev/zero"));
    Files.createSymbolicLink(folder.resolve("kmsg.yaml"), Path.of("/proc/kmsg"));
    FolderState state = ManifestFolder.open(folder, new TurnedClock()).state();
    assertThat(state.objects()).hasSize(1);
    assertThat(state.findings())
        .extracting(finding -> finding.object().toString())
        .contains(
            "File " + folder.resolve("pipe.yaml"),
            "File " + folder.resolve("null.yaml"),
            "File " + folder.resolve("kmsg.yaml"));
    assertThat(state.findings())
        .filteredOn(finding -> finding.reason() == Reason.FILE_UNREADABLE)
        .extracting(Finding::message)
        .contains("it is a pipe, a socket or a device and no file");
  }

  @Test
  void shouldLeaveAFileThatDoesNotComeToItsEnd() throws Exception {
    Path pipe = pipe("pipe");
    assertThatThrownBy(() -> TimedRead.bytes(pipe, new ReadLimit(10, Duration.ofMillis(50))))
        .isInstanceOf(TimedRead.NoAnswer.class)
        .hasMessageContaining(pipe.toString())
        .hasMessageContaining("not read to its end");
    Files.write(pipe, new byte[0]); // The reader that was left behind can end.
  }

  @Test
  void shouldReadAPipeThatIsNamed() throws Exception {
    Path pipe = pipe("pipe");
    Thread writer =
        Thread.startVirtualThread(() -> {
          try {
            Files.write(pipe, NODE.getBytes(UTF_8));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(Manifests.load(List.of(pipe)).objects()).hasSize(1);
    writer.join();
  }

  @Test
  void shouldNameAFileThatIsTooLargeForTheHeapAndNotReadIt() throws Exception {
    Path large = folder.resolve("large.yaml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(ReadLimit.IN_A_FOLDER.bytes() + 1);
    }
    assertThat(ReadLimit.IN_A_FOLDER.bytes())
        .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 32);
    assertThat(ManifestFolder.open(folder, new TurnedClock()).state().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.FILE_UNREADABLE);
          assertThat(finding.object()).hasToString("File " + large);
          assertThat(finding.message()).contains("larger than", "of a heap of", "split it");
        });
  }

  @Test
  void shouldStopReadingWhatGrowsWithoutASize() {
    assertThatThrownBy(() ->
            TimedRead.bytes(Path.of("/dev/zero"), new ReadLimit(1000, Duration.ofSeconds(10))))
        .hasMessageContaining("larger than");
  }

  @Test
  void shouldRefuseAliasesThatStandForFarMoreThanIsWritten() {
    String bomb = "a: &a [" + "x, ".repeat(999) + "x]\nb: [" + "*a, ".repeat(99) + "*a]\n";
    assertThat(ManifestReader.read("x.yaml", bomb).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("aliases stand for"));
  }

  private Path pipe(String name) throws IOException, InterruptedException {
    Path pipe = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }
}
