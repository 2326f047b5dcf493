package io.github.topologyxds.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.source.mapping.RecordingSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of change to a folder is seen, also those that the kernel does not tell of. */
class FolderChangesTest {
  @TempDir private Path root = Path.of("");
  private Path folder = Path.of("");
  private final RecordingSink sink = new RecordingSink();

  @BeforeEach
  void oneFile() throws IOException {
    folder = Files.createDirectory(root.resolve("manifests"));
    write("a.yaml", "a");
  }

  @Test
  void shouldSeeMoreChangesThanTheKernelCanTell() throws Exception {
    try (FileSource source = FileSource.start(folder, sink)) {
      for (int i = 0; i < 1500; i++) {
        write("n" + i + ".yaml", "n" + i);
      }
      eventually(() -> assertThat(sink.keys()).hasSize(1501));
      assertThat(source.troubles()).isEmpty();
    }
  }

  @Test
  void shouldSeeAFileThatALinkLeadsToOutside() throws Exception {
    Path outside = Files.writeString(root.resolve("outside.yaml"), node("x"));
    Files.createSymbolicLink(folder.resolve("link.yaml"), outside);
    try (FileSource source = FileSource.start(folder, sink)) {
      assertThat(sink.keys()).containsExactly("Node a", "Node x");
      Files.writeString(outside, node("x") + node("y"));
      eventually(() -> assertThat(sink.keys()).containsExactly("Node a", "Node x", "Node y"));
      assertThat(source.troubles()).isEmpty();
    }
  }

  @Test
  void shouldFollowAnotherFolderThatTakesTheFoldersPlace() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    Files.writeString(other.resolve("b.yaml"), node("b"));
    try (FileSource source = FileSource.start(folder, sink)) {
      Files.move(folder, root.resolve("away"));
      Files.move(other, folder);
      eventually(() -> assertThat(sink.keys()).containsExactly("Node b"));
      write("c.yaml", "c");
      eventually(() -> assertThat(sink.keys()).containsExactly("Node b", "Node c"));
      assertThat(source.troubles()).isEmpty();
    }
  }

  @Test
  void shouldFollowAFolderThatIsRemovedAndMadeAgain() throws Exception {
    try (FileSource source = FileSource.start(folder, sink)) {
      Files.delete(folder.resolve("a.yaml"));
      Files.delete(folder);
      eventually(() -> assertThat(source.troubles()).singleElement().asString().contains("folder"));
      assertThat(sink.keys()).containsExactly("Node a");
      Files.createDirectory(folder);
      write("a.yaml", "a");
      write("c.yaml", "c");
      eventually(() -> assertThat(sink.keys()).containsExactly("Node a", "Node c"));
      Files.delete(folder.resolve("a.yaml"));
      eventually(() -> assertThat(sink.keys()).containsExactly("Node c"));
    }
  }

  /** Ends of lines, blanks of any kind and a byte order mark are the beginning of a copy. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \t\r\n\n", "\uFEFF\n", "\u00A0\u3000\u200B"})
  void shouldKeepAllWhenWhatIsLeftShowsNothing(String blank) throws Exception {
    Files.writeString(folder.resolve("old.yaml"), blank);
    try (FileSource source = FileSource.start(folder, sink)) {
      Files.delete(folder.resolve("a.yaml"));
      Files.writeString(folder.resolve("new.yaml"), blank);
      eventually(() -> assertThat(source.troubles()).anyMatch(line -> line.contains("is left in")));
      assertThat(sink.keys()).containsExactly("Node a");
      Files.writeString(folder.resolve("new.yaml"), blank + "# nothing is meant");
      eventually(() -> assertThat(sink.keys()).isEmpty());
    }
  }

  @Test
  void shouldFollowALinkFurtherUpThePath() throws Exception {
    Path other = Files.createDirectories(root.resolve("2/manifests"));
    Files.writeString(other.resolve("b.yaml"), node("b"));
    Path link = Files.createSymbolicLink(root.resolve("current"), root);
    try (FileSource source = FileSource.start(link.resolve("manifests"), sink)) {
      write("a.yaml", "a2");
      eventually(() -> assertThat(sink.keys()).containsExactly("Node a2"));
      Path next = Files.createSymbolicLink(root.resolve("next"), root.resolve("2"));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      eventually(() -> assertThat(sink.keys()).containsExactly("Node b"));
      Files.writeString(other.resolve("c.yaml"), node("c"));
      eventually(() -> assertThat(sink.keys()).containsExactly("Node b", "Node c"));
      assertThat(source.troubles()).isEmpty();
    }
  }

  @Test
  void shouldSeeAManifestBesideAFileThatIsWrittenWithoutAPause() throws Exception {
    Path busy = folder.resolve("busy.log");
    try (FileSource source = FileSource.start(folder, sink);
        var log = Files.newOutputStream(busy)) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (!Thread.currentThread().isInterrupted()) {
                    log.write('x');
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      write("c.yaml", "c");
      eventually(() -> assertThat(sink.keys()).containsExactly("Node a", "Node c"));
      writer.interrupt();
      writer.join();
      assertThat(source.work().listings()).isLessThan(50);
    }
  }

  private void write(String name, String node) throws IOException {
    Files.writeString(folder.resolve(name), node(node));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }

  private static String node(String name) {
    return String.join(
        "\n", List.of("apiVersion: v1", "kind: Node", "metadata: {name: " + name + "}", "---", ""));
  }
}
