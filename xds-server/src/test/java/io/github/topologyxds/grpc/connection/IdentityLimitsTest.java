package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.grpc.limits.ClientLimits;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.TestAuthentication;
import io.github.topologyxds.session.ClientLimit;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Streams and connections count for the Pod that a token names, over the wire: one takes nothing of
 * another's.
 */
@Timeout(60)
class IdentityLimitsTest {
  private static final int STREAMS = 3;

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  private static RawStream opened(ServerUnderTest server, XdsProtocol protocol, String token)
      throws Exception {
    RawStream stream = server.open(protocol, ServerUnderTest.on("node-b"), bearer(token));
    stream.subscribe(ResourceType.CLUSTER);
    return stream;
  }

  private static RawStream connected(ServerUnderTest server, String token) throws Exception {
    RawStream stream =
        server.openAlone(XdsProtocol.DELTA, ServerUnderTest.on("node-b"), bearer(token));
    stream.subscribe(ResourceType.CLUSTER);
    return stream;
  }

  private static ClientLimits limits(int connections, int streams) {
    return new ClientLimits(
        connections, streams, ClientLimits.NONE.newStreams(), ClientLimits.NONE.unfinishedBytes());
  }

  private static ServerUnderTest asking(TestAuthentication who, ClientLimits limits)
      throws Exception {
    return ServerUnderTest.askingWithin(
        XdsLimits.DEFAULT.withClients(limits),
        new Authentication.Parts(who.authenticator, who.watch, who.metrics),
        node("node-b", "zone-b"),
        service("cart"));
  }

  /** More Pods than an address may have connections, as behind a translation of addresses. */
  @Test
  void aPodHasOnlySoManyConnectionsAndNoneOfThemIsTheAddresss() throws Exception {
    int ofAnAddress = 8;
    int ofAPod = 2;
    TestAuthentication who = new TestAuthentication(AuthenticationMode.REQUIRED);
    List<RawStream> open = new ArrayList<>();
    try (ServerUnderTest server = asking(who, limits(ofAnAddress, ClientLimits.NONE.streams()))) {
      String greedy = who.cluster.token("shop", "node-b");
      for (int i = 0; i < ofAPod; i++) {
        open.add(connected(server, greedy));
        open.getLast().accept(ResourceType.CLUSTER);
      }
      open.add(connected(server, greedy));
      await().until(() -> server.metrics().limitedBy(ClientLimit.CONNECTIONS_PER_IDENTITY) == 1);

      for (int pod = 0; pod < 2 * ofAnAddress; pod++) {
        String token = who.cluster.token("bank-" + pod, "node-b");
        open.add(connected(server, token));
        assertThat(open.getLast().accept(ResourceType.CLUSTER).names()).hasSize(1);
      }
      assertThat(server.metrics().limitedBy(ClientLimit.CONNECTIONS_PER_ADDRESS)).isZero();
      assertThat(server.metrics().streams()).isEqualTo(ofAPod + 2 * ofAnAddress);
    } finally {
      for (RawStream stream : open) {
        stream.close();
      }
      who.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPodHasOnlySoManyStreamsAndAnotherOneOfTheSameAddressHasItsOwn(XdsProtocol protocol)
      throws Exception {
    ClientLimits three = limits(ClientLimits.NONE.connections(), STREAMS);
    TestAuthentication who = new TestAuthentication(AuthenticationMode.REQUIRED);
    String greedy = who.cluster.token("shop", "node-b");
    String modest = who.cluster.token("bank", "node-b");
    List<RawStream> open = new ArrayList<>();
    try (ServerUnderTest server = asking(who, three)) {
      for (int i = 0; i < STREAMS; i++) {
        open.add(opened(server, protocol, greedy));
        open.getLast().accept(ResourceType.CLUSTER);
      }
      open.add(opened(server, protocol, greedy));
      await().until(() -> server.metrics().limitedBy(ClientLimit.STREAMS_PER_IDENTITY) == 1);

      open.add(opened(server, protocol, modest));
      assertThat(open.getLast().accept(ResourceType.CLUSTER).names()).hasSize(1);
      assertThat(server.metrics().streams()).isEqualTo(STREAMS + 1);
      assertThat(server.metrics().limitedBy(ClientLimit.STREAMS_PER_ADDRESS)).isZero();
    } finally {
      for (RawStream stream : open) {
        stream.close();
      }
      who.close();
    }
  }
}
