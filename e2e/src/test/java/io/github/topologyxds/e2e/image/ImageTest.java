package io.github.topologyxds.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.NullNode;

/**
 * The image that dist's profile {@code image-under-test} has built twice, without a base: what the
 * base brings (a C library and a shell) is not ours and would need a registry.
 */
@Tag("image")
class ImageTest {
  private static final Path SERVER = Path.of("..", "xds-server", "target");
  private static final Path BUILT = Path.of("..", "dist", "target", "image");
  private static final Path TAR = BUILT.resolve("first.tar");

  @TempDir private static Path folder = Path.of("");
  private static UnpackedImage image =
      new UnpackedImage(Path.of(""), NullNode.getInstance(), List.of());

  @BeforeAll
  static void unpack() throws IOException {
    image = UnpackedImage.of(TAR, folder);
  }

  @Test
  void twoBuildsAreEqual() throws Exception {
    assertThat(sha256(BUILT.resolve("second.tar"))).isEqualTo(sha256(TAR));
  }

  @Test
  void noFileTellsWhenItWasBuilt() {
    // project.build.outputTimestamp; Jib gives its own files and folders the second 1.
    Instant release = Instant.parse(image.description().get("created").asString());

    assertThat(image.entries().stream().map(UnpackedImage.Entry::modified).distinct())
        .containsExactlyInAnyOrder(Instant.EPOCH.plusSeconds(1), release);
  }

  @Test
  void itRunsAsNobodyWhoCanChangeNothing() {
    assertThat(image.config().get("User").asString()).matches("[1-9][0-9]*:[1-9][0-9]*");
    assertThat(image.entries())
        .allSatisfy(entry -> {
          assertThat(entry.owner()).as(entry.name()).isZero();
          assertThat(entry.mode() & 022).as(entry.name()).isZero();
          assertThat(entry.mode() & 04).as(entry.name()).isEqualTo(04);
        });
  }

  @Test
  void itOpensThePortsOfTheServer() {
    assertThat(image.config().get("ExposedPorts").propertyNames())
        .containsExactlyInAnyOrder("18000/tcp", "18001/tcp");
  }

  @Test
  void itHoldsWhatTheServerNeedsAndNothingElse() throws IOException {
    assertThat(jarsIn(image.root().resolve("opt/topology-xds/app")))
        .isEqualTo(
            Stream.concat(jarsIn(SERVER.resolve("app")).stream(), Stream.of("topology-xds.jar"))
                .collect(Collectors.toSet()))
        .noneMatch(name -> name.matches("(junit|assertj|archunit|awaitility|jqwik|testcont).*"));
    assertThat(image.entries())
        .extracting(UnpackedImage.Entry::name)
        .filteredOn(name -> !name.endsWith("/") && !name.startsWith("opt/topology-xds/runtime/"))
        .allMatch(name ->
            name.matches(
                "opt/topology-xds/(app/[^/]+\\.jar|bin/topology-xds|lib/topology-xds\\.jsa"
                    + "|LICENSE|CHANGELOG\\.md)"));
  }

  @Test
  void itsJvmHasTheFlagsOfTheLauncher() throws IOException {
    String launcher = Files.readString(Path.of("..", "dist/src/main/dist/bin/topology-xds"));
    List<String> entrypoint = image.strings("Entrypoint");

    assertThat(entrypoint).startsWith("/opt/topology-xds/runtime/bin/java");
    assertThat(entrypoint.subList(1, entrypoint.indexOf("-jar")))
        .contains("--enable-native-access=ALL-UNNAMED")
        .allMatch(flag -> launcher.contains(flag.replaceFirst("=/opt/.*", "=")))
        // Two collectors are an error: who runs the image names one.
        .noneMatch(flag -> flag.contains("GC"));
  }

  private static Set<String> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toSet());
    }
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
