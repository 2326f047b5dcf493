package io.github.topologyxds.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTemplateTest {
  private static final BootstrapSettings SIDECAR =
      BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on("node-a"));

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void putsTheValuesIn(BootstrapKind kind) {
    ProxyNode node = ProxyNode.on("n1").inNamespace("shop").at("r1", "z1");
    BootstrapSettings settings =
        BootstrapSettings.of(kind, node)
            .withXds(new XdsAddress("10.0.0.7", 1234))
            .withPorts(new ProxyPorts(2001, 2002));

    String yaml = BootstrapTemplate.render(settings);

    assertThat(yaml.lines().map(String::strip))
        .contains(
            "id: \"%s.shop.n1.2002\" # bootstrap: node id".formatted(kind.label()),
            "NODE_NAME: \"n1\" # bootstrap: --node",
            "NAMESPACE: \"shop\" # bootstrap: --namespace",
            "api_type: DELTA_GRPC # bootstrap: --protocol",
            "port_value: 2001 # bootstrap: --admin-port",
            "type: STATIC # bootstrap: xds type",
            "address: \"10.0.0.7\" # bootstrap: xds host",
            "port_value: 1234 # bootstrap: xds port");
    assertThat(yaml)
        .contains(
            """
              locality: # bootstrap: locality
                region: "r1" # bootstrap: --region
                zone: "z1" # bootstrap: --zone
            """)
        .contains(": 2002 # bootstrap: --listener-port");
  }

  @Test
  void theFileItselfIsWhatItsOwnValuesGive() {
    String yaml = BootstrapTemplate.render(SIDECAR);

    assertThat(yaml)
        .contains("# Envoy as a sidecar")
        .contains("  # locality: # bootstrap: locality\n  #   region:")
        .contains("OUTBOUND_PORT: 15001 #")
        .contains("set_node_on_first_message_only: true");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void loadReportsAreLeftOutOnRequest(BootstrapKind kind) {
    BootstrapSettings settings = BootstrapSettings.of(kind, ProxyNode.on("n1"));

    assertThat(BootstrapTemplate.render(settings))
        .contains("\ncluster_manager: #")
        .contains(
            "\n    - envoy_grpc: # bootstrap: load reports\n        cluster_name: topology-xds #");
    assertThat(BootstrapTemplate.render(settings.withLoadReporting(LoadReporting.OFF)).lines())
        .noneMatch(line -> line.contains("bootstrap: load reports"))
        .noneMatch(line -> line.startsWith("cluster_manager"))
        .contains("static_resources:");
  }

  @Test
  void aZoneAloneLeavesTheRegionOut() {
    ProxyNode node = ProxyNode.on("n1").at(null, "z1");

    assertThat(BootstrapTemplate.render(BootstrapSettings.of(BootstrapKind.SIDECAR, node)))
        .contains("\n  locality: #")
        .contains("\n  #   region:")
        .contains("\n    zone: \"z1\" #");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void oneFamilyOnRequest(BootstrapKind kind) {
    ProxyNode node = ProxyNode.on("n1");

    assertThat(BootstrapTemplate.render(BootstrapSettings.of(kind, node)))
        .contains("\n    # IP_FAMILY: ");
    assertThat(BootstrapTemplate.render(BootstrapSettings.of(kind, node.asking(Family.IPV6))))
        .contains("\n    IP_FAMILY: \"IPv6\" # bootstrap: --family\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"SIDECAR", "GATEWAY"})
  void theServicesThatItCalls(BootstrapKind kind) {
    ProxyNode node = ProxyNode.on("n1");

    assertThat(BootstrapTemplate.render(BootstrapSettings.of(kind, node)))
        .contains("\n    # SERVICES: ");
    assertThat(
            BootstrapTemplate.render(
                BootstrapSettings.of(kind, node.calling(List.of("shop/cart", "pay/*")))))
        .contains("\n    SERVICES: [\"shop/cart\",\"pay/*\"] # bootstrap: --services\n");
  }

  @Test
  void stateOfTheWorldOnRequest() {
    assertThat(BootstrapTemplate.render(SIDECAR.withProtocol(XdsProtocol.STATE_OF_THE_WORLD)))
        .contains("    api_type: GRPC #")
        .doesNotContain("api_type: DELTA_GRPC");
  }

  @Test
  void namesNeedDnsAndAddressesDoNot() {
    assertThat(BootstrapTemplate.render(SIDECAR.withXds(XdsAddress.parse("xds.infra:18000"))))
        .contains("type: STRICT_DNS #")
        .contains("address: \"xds.infra\" #");
    assertThat(BootstrapTemplate.render(SIDECAR.withXds(XdsAddress.parse("[fd00::1]:18000"))))
        .contains("type: STATIC #")
        .contains("address: \"fd00::1\" #");
  }

  @Test
  void theTcpListenerOfAnEdsOnlyEnvoyTakesTheNextPort() {
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.EDS_ONLY, ProxyNode.on("n1"))
            .withPorts(new ProxyPorts(9000, 9100));

    assertThat(BootstrapTemplate.render(settings)).contains("port_value: 9101 #");
    assertThatThrownBy(() -> settings.withPorts(new ProxyPorts(9001, 9000)))
        .hasMessageContaining("listener port + 1");
    assertThatThrownBy(() -> settings.withPorts(new ProxyPorts(9001, 65535)))
        .hasMessageContaining("listener port + 1");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRPC")
  void tlsIsThatOfTheServersName(BootstrapKind kind) {
    BootstrapSettings plain =
        BootstrapSettings.of(kind, ProxyNode.on("node-a"))
            .withXds(XdsAddress.parse("xds.infra.svc:18000"));

    assertThat(BootstrapTemplate.render(plain)).contains("    # transport_socket: #");
    assertThat(BootstrapTemplate.render(plain.withTls(new XdsTls("/a/ca.crt", null))))
        .contains("\n    transport_socket: #")
        .contains("\n        sni: \"xds.infra.svc\" #")
        .contains("filename: \"/a/ca.crt\" #")
        .contains("\n            - san_type: DNS #")
        .contains("exact: \"xds.infra.svc\" #")
        .contains("#       tls_certificates: #");
    assertThat(
            BootstrapTemplate.render(
                plain
                    .withXds(XdsAddress.DEFAULT)
                    .withTls(new XdsTls("ca", new XdsTls.Pair("c.crt", "c.key")))))
        .contains("#     sni: ")
        .contains("- san_type: IP_ADDRESS #")
        .contains("\n          tls_certificates: #")
        .contains("\n              filename: \"c.crt\" #")
        .contains("\n              filename: \"c.key\" #");
  }

  @Test
  void hostileValuesStayInTheirScalar() {
    List<String> hostile =
        List.of(
            "a\"\nadmin: {}", "a\\", "a: b # c", "\u0085x\u2028y\u2029z", "\uFEFF\t\r\0", "\uD800");

    for (String value : hostile) {
      ProxyNode node = new ProxyNode(value, value, value, value, null, List.of(value));
      String yaml = BootstrapTemplate.render(BootstrapSettings.of(BootstrapKind.SIDECAR, node));

      assertThat(yaml.lines()).hasSameSizeAs(BootstrapTemplate.render(SIDECAR).lines().toList());
      assertThat(yaml.lines().filter(line -> line.contains("NODE_NAME: ")))
          .singleElement()
          .asString()
          .matches("    NODE_NAME: \"(\\\\[\"\\\\]|\\\\u[0-9A-F]{4}|[ -~&&[^\"\\\\]])*\" # .*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        ":1",
        "x:",
        "x:0",
        "x:65536",
        "x:-1",
        "::1:5",
        "[::1]",
        "[x]:5",
        "300.1.1.1:5",
        "a b:5",
        "x\ny:5",
        "1.2.3.4.:5",
        "[fe80::1%eth0]:5",
        "x:1.5"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> XdsAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
