package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is measured is what runs: the launcher, the cluster and the benchmark size the JVM alike.
 */
class JvmOptionsTest {
  private static final List<String> SHARED =
      List.of(
          "-Xms64m",
          "-XX:SurvivorRatio=3",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=10",
          "-XX:-ShrinkHeapInSteps",
          "-XX:MarkSweepDeadRatio=0",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=240m",
          "-XX:MetaspaceSize=64m");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/topology-xds",
        "dist/src/main/dist/bin/topology-xds",
        "deploy/deployment.yaml",
        "benchmarks/src/main/java/io/github/topologyxds/benchmarks/load/ServerProcess.java"
      })
  void areTheSameEverywhere(String file) throws IOException {
    assertThat(Files.readString(Path.of("..", file))).contains(SHARED).contains("-Xmn12m");
  }

  /** What the chart leaves to the image, whose archive of classes is for these headers alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/topology-xds",
        "dist/src/main/dist/bin/topology-xds",
        "dist/pom.xml",
        "benchmarks/src/main/java/io/github/topologyxds/benchmarks/load/ServerProcess.java"
      })
  void areTheSameWhereTheImageIsMade(String file) throws IOException {
    assertThat(Files.readString(Path.of("..", file)))
        .contains("-XX:+UseCompactObjectHeaders", "-Dio.netty.jfr.enabled=false")
        .containsPattern("MALLOC_MMAP_THRESHOLD_\\W+(?:\\{\\w+:-)?131072");
  }
}
