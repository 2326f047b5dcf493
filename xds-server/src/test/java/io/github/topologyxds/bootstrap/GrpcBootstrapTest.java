package io.github.topologyxds.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.model.Family;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file that {@code GRPC_XDS_BOOTSTRAP} names. */
class GrpcBootstrapTest {
  private static final BootstrapSettings PLAIN =
      BootstrapSettings.of(BootstrapKind.GRPC, ProxyNode.on("node-a").inNamespace("shop"));

  @Test
  void saysWhereTheServerIsAndWhoAsks() {
    JsonNode file = read(PLAIN.withXds(XdsAddress.parse("[fd00::1]:18000")));

    assertThat(file.at("/xds_servers/0/server_uri").asString()).isEqualTo("[fd00::1]:18000");
    assertThat(file.at("/xds_servers/0/channel_creds/0/type").asString()).isEqualTo("insecure");
    assertThat(file.at("/node/id").asString()).isEqualTo("grpc.shop.node-a");
    assertThat(file.at("/node/metadata").toString())
        .isEqualTo("{\"NODE_NAME\":\"node-a\",\"NAMESPACE\":\"shop\"}");
    assertThat(file.at("/node").has("locality")).as("the Node tells it").isFalse();
  }

  @Test
  void saysTheZoneAndTheFamilyOnlyWhenAsked() {
    ProxyNode node = ProxyNode.on("node-a").at(null, "zone-a").asking(Family.IPV6);
    JsonNode file = read(BootstrapSettings.of(BootstrapKind.GRPC, node));

    assertThat(file.at("/node/locality").toString()).isEqualTo("{\"zone\":\"zone-a\"}");
    assertThat(file.at("/node/metadata/IP_FAMILY").asString()).isEqualTo("IPv6");
  }

  @Test
  void namesTheFilesOfTls() {
    JsonNode alone = read(PLAIN.withTls(new XdsTls("/a/ca.crt", null)));
    assertThat(alone.at("/xds_servers/0/channel_creds/0").toString())
        .isEqualTo("{\"type\":\"tls\",\"config\":{\"ca_certificate_file\":\"/a/ca.crt\"}}");

    JsonNode both = read(PLAIN.withTls(new XdsTls("ca", new XdsTls.Pair("c.crt", "c.key"))));
    assertThat(both.at("/xds_servers/0/channel_creds/0/config").toString())
        .contains("\"certificate_file\":\"c.crt\"", "\"private_key_file\":\"c.key\"");
  }

  @Test
  void showsAToken() {
    XdsTls tls = new XdsTls("ca", null, Optional.of("/run/token"), Optional.empty());
    JsonNode file = read(PLAIN.withTls(tls));

    assertThat(file.at("/xds_servers/0/call_creds").toString())
        .isEqualTo(
            "[{\"type\":\"jwt_token_file\",\"config\":{\"jwt_token_file\":\"/run/token\"}}]");
    assertThat(read(PLAIN).at("/xds_servers/0").has("call_creds")).isFalse();
  }

  @Test
  void refusesServicesWhichNobodyWouldRead() {
    ProxyNode node = ProxyNode.on("node-a").calling(List.of("shop/cart"));

    assertThatThrownBy(() -> BootstrapSettings.of(BootstrapKind.GRPC, node))
        .hasMessageContaining("--services");
  }

  private static JsonNode read(BootstrapSettings settings) {
    return JsonMapper.shared().readTree(BootstrapTemplate.render(settings));
  }
}
