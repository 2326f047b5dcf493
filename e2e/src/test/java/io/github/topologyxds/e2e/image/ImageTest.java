package io.github.topologyxds.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
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
 * The image that xds-server's profile {@code image-under-test} has built twice, without a base:
 * what the base brings (a Java, a libc) is not ours and would need a registry.
 */
@Tag("image")
class ImageTest {
  private static final Path SERVER = Path.of("..", "xds-server", "target");
  private static final Path TAR = SERVER.resolve("image/first.tar");

  @TempDir private static Path folder = Path.of("");
  private static UnpackedImage image =
      new UnpackedImage(Path.of(""), NullNode.getInstance(), List.of());

  @BeforeAll
  static void unpack() throws IOException {
    image = UnpackedImage.of(TAR, folder);
  }

  @Test
  void twoBuildsAreEqual() throws Exception {
    assertThat(sha256(SERVER.resolve("image/second.tar"))).isEqualTo(sha256(TAR));
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
    assertThat(jarsIn(image.root())).isEqualTo(jarsIn(SERVER.resolve("app")));
    assertThat(jarsIn(image.root()))
        .noneMatch(name -> name.matches("(junit|assertj|archunit|awaitility|jqwik|testcont).*"));
    assertThat(image.entries())
        .extracting(UnpackedImage.Entry::name)
        .allMatch(name -> name.matches("app/(([a-z]+/)?[^/]+\\.jar|[a-z]+/|jib-[a-z-]+-file)?"));
  }

  @Test
  void itsJvmHasTheFlagsOfTheLauncher() throws IOException {
    String launcher = Files.readString(Path.of("..", "bin", "topology-xds"));
    List<String> entrypoint = image.strings("Entrypoint");

    assertThat(entrypoint).startsWith("java").endsWith("io.github.topologyxds.Main");
    assertThat(entrypoint.subList(1, entrypoint.indexOf("-cp")))
        .contains("--enable-native-access=ALL-UNNAMED")
        .allMatch(launcher::contains)
        // Two collectors are an error: who runs the image names one.
        .noneMatch(flag -> flag.contains("GC"));
  }

  @Test
  void itStartsFromItsOwnClassPath() throws Exception {
    Process version = start("version");

    assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("topology-xds ")
        .doesNotContain("development");
    assertThat(new String(version.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(version.waitFor()).isZero();
  }

  /** The entry point with this JVM as its {@code java} and the unpacked files as its root. */
  private static Process start(String argument) throws IOException {
    List<String> command = new ArrayList<>();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    for (String word : image.strings("Entrypoint")) {
      if (word.equals("java")) {
        command.add(java.toString());
      } else if (word.startsWith("@/")) {
        command.add(classPath(Files.readString(image.root().resolve(word.substring(2)))));
      } else if (!word.startsWith("--sun-misc-unsafe") || Runtime.version().feature() >= 23) {
        command.add(word);
      }
    }
    command.add(argument);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static String classPath(String inImage) {
    return Stream.of(inImage.strip().split(":"))
        .map(path -> image.root().resolve(path.substring(1)))
        .peek(path -> assertThat(path.endsWith("*") ? path.resolveSibling("") : path).exists())
        .map(Path::toString)
        .collect(Collectors.joining(":"));
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
