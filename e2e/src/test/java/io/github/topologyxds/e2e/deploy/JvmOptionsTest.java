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
          "-Xmn32m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=240m",
          "-XX:MetaspaceSize=64m");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/topology-xds",
        "deploy/deployment.yaml",
        "deploy/chart/templates/_helpers.tpl",
        "benchmarks/src/main/java/io/github/topologyxds/benchmarks/load/ServerProcess.java"
      })
  void areTheSameEverywhere(String file) throws IOException {
    assertThat(Files.readString(Path.of("..", file))).contains(SHARED);
  }
}
