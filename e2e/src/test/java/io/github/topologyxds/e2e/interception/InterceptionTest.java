package io.github.topologyxds.e2e.interception;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.network.IsolatedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Applications whose connections the kernel brings to their sidecar: real rules and a real Envoy,
 * each scenario in a process and in network namespaces of its own, which end with it.
 */
@Tag("netns")
class InterceptionTest {
  @BeforeAll
  static void namespacesCanBeMade() throws IOException {
    assertThat(IsolatedJvm.missing()).isEmpty();
    EnvoyBinary.find();
  }

  @ParameterizedTest
  @EnumSource
  void inAPod(Scenario scenario) throws Exception {
    Process process =
        IsolatedJvm.of(Scenario.class, List.of(scenario.name())).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
  }
}
