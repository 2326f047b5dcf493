package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.api.json.ClientJson;
import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.identity.TestAuthentication;
import io.github.topologyxds.session.ClientCounts;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.tls.RotatedTls;
import io.github.topologyxds.tls.TestAuthority;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Who shows a certificate with a SPIFFE id in the handshake is who that says, without a token. */
class CertificateIdentityTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @TempDir private Path folder = Path.of("");
  private final List<ManagedChannel> channels = new ArrayList<>();
  private TestAuthority authority;
  private TestAuthentication who;
  private RotatedTls tls;
  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority("ca");
    TlsFiles files = TestAuthority.write(folder, authority.server("xds"), authority.pem());
    who = new TestAuthentication(AuthenticationMode.REQUIRED);
    tls = RotatedTls.follow(files, INTERVAL, new FindingRecorder());
    server =
        ServerUnderTest.asking(
            tls.context(),
            new Authentication.Parts(who.authenticator, who.watch, who.metrics),
            node("node-a", "zone-a"),
            node("node-b", "zone-b"),
            service("cart"),
            slice("cart", "zone-a", "10.0.0.1"));
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
    tls.close();
    who.close();
  }

  @ParameterizedTest
  @EnumSource
  void theNodeOfTheIdCounts(XdsProtocol protocol) throws Exception {
    assertThat(zoneOf(protocol, "spiffe://cluster.local/ns/shop/sa/front/node/node-b"))
        .isEqualTo("zone-b");
    assertThat(who.metrics.differingClaims()).isOne();
  }

  /** Issuers that know no Node leave it to the client; namespace and account are proven. */
  @ParameterizedTest
  @EnumSource
  void withoutOneTheClaimedNodeCounts(XdsProtocol protocol) throws Exception {
    assertThat(zoneOf(protocol, "spiffe://cluster.local/ns/shop/sa/front")).isEqualTo("zone-a");
  }

  @Test
  void aCertificateWithoutAnIdIsNotEnough() throws Exception {
    RawStream stream = open(XdsProtocol.DELTA, authority.client("front"));
    stream.subscribe(ResourceType.ENDPOINT, "shop/cart:http");
    Status end = stream.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(end.getDescription()).isEqualTo(AuthenticationFailure.CERTIFICATE.words());
    assertThat(who.metrics.failures(AuthenticationFailure.CERTIFICATE)).isOne();
  }

  /** As API, commands and page show it; what nobody proves is {@code claimed}. */
  @Test
  void itIsShownAsVerified() throws Exception {
    X509Bundle certificate = certificate("spiffe://cluster.local/ns/shop/sa/front/node/node-b");
    try (RawStream stream = open(XdsProtocol.DELTA, certificate)) {
      stream.subscribe(ResourceType.ENDPOINT, "shop/cart:http");
      stream.accept(ResourceType.ENDPOINT);
      StringWriter shown = new StringWriter();
      try (JsonGenerator json =
          new JsonFactory().createGenerator(ObjectWriteContext.empty(), shown)) {
        new ClientJson().write(server.clients().getFirst(), Optional.empty(), json);
      }
      assertThat(shown.toString())
          .contains(
              "\"node\":\"node-b\"", "\"identity\":\"verified\",\"serviceAccount\":\"front\"");
    }
  }

  private X509Bundle certificate(String id) throws Exception {
    return authority.issue(
        new CertificateBuilder()
            .subject("CN=front")
            .addSanUriName(id)
            .addExtendedKeyUsageClientAuth()
            .ecp256());
  }

  /** Opens a stream that claims node-a, and returns the zone that its client is counted in. */
  private String zoneOf(XdsProtocol protocol, String id) throws Exception {
    try (RawStream stream = open(protocol, certificate(id))) {
      stream.subscribe(ResourceType.ENDPOINT, "shop/cart:http");
      stream.accept(ResourceType.ENDPOINT);
      List<ClientCounts.Group> groups = List.copyOf(server.metrics().clients().now().keySet());
      assertThat(groups).hasSize(1);
      assertThat(groups.getFirst().identity())
          .isEqualTo(Optional.of(ClientIdentity.Source.CERTIFICATE));
      return groups.getFirst().zone();
    }
  }

  private RawStream open(XdsProtocol protocol, X509Bundle own) throws Exception {
    channels.add(
        NettyChannelBuilder.forAddress(server.address())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(authority.certificate())
                    .keyManager(own.getKeyPair().getPrivate(), own.getCertificatePath())
                    .build())
            .build());
    return ServerUnderTest.endpoints(
        channels.getLast(), protocol, ServerUnderTest.on("node-a"), new Metadata());
  }
}
