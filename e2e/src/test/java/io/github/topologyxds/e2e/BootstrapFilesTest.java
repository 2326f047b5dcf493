package io.github.topologyxds.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.LoadReporting;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Envoy reads the files as they stand, and what the command makes of them. */
class BootstrapFilesTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void envoyTakesTheFileAsItStands(BootstrapKind kind) throws Exception {
    Path file = Path.of("..", "envoy-configs", kind.label() + ".yaml");

    assertThat(validate(file)).contains("' OK");
    assertThat(BootstrapTemplate.render(BootstrapSettings.of(kind, ProxyNode.on("node-a"))))
        .isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void envoyTakesHostileValues(BootstrapKind kind) throws Exception {
    String hostile = "a\"\n'b: c # d\\ \u2028 \uFEFF é \uD83D\uDE00 {{ %s }}";
    BootstrapSettings settings =
        BootstrapSettings.of(
                kind,
                new ProxyNode(
                    hostile,
                    hostile,
                    hostile,
                    hostile,
                    Family.IPV6,
                    kind == BootstrapKind.EDS_ONLY ? List.of() : List.of(hostile)))
            .withProtocol(XdsProtocol.STATE_OF_THE_WORLD)
            .withXds(XdsAddress.parse("[::1]:18000"));
    Path file = folder.resolve("hostile.yaml");

    assertThat(validate(Files.writeString(file, BootstrapTemplate.render(settings))))
        .contains("' OK");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void envoyTakesANameForTheServer(BootstrapKind kind) throws Exception {
    BootstrapSettings settings =
        BootstrapSettings.of(kind, ProxyNode.on("node-a").at(null, "zone-a"))
            .withLoadReporting(LoadReporting.OFF)
            .withXds(XdsAddress.parse("xds.infra.svc:18000"));
    Path file = folder.resolve("named.yaml");

    assertThat(validate(Files.writeString(file, BootstrapTemplate.render(settings))))
        .contains("' OK");
  }

  private static String validate(Path file) throws IOException, InterruptedException {
    Process envoy =
        new ProcessBuilder(
                EnvoyBinary.find().path().toString(),
                "--mode",
                "validate",
                "--log-level",
                "warning",
                "--config-path",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(envoy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(envoy.waitFor()).as(output).isZero();
    return output;
  }
}
