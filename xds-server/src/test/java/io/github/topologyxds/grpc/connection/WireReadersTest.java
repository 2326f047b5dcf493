package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.github.topologyxds.grpc.wire.DeltaReader;
import io.github.topologyxds.grpc.wire.DiscoveryRequestFields;
import io.github.topologyxds.grpc.wire.Locators;
import io.github.topologyxds.grpc.wire.NameList;
import io.github.topologyxds.grpc.wire.RequestBuffer;
import io.github.topologyxds.grpc.wire.SotwReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Requests walked on the wire, held against protobuf's own reading. */
class WireReadersTest {
  private static final DiscoveryRequest SOTW =
      DiscoveryRequest.newBuilder()
          .setVersionInfo("v")
          .setNode(Node.newBuilder().setId("n"))
          .addAllResourceNames(List.of("shop/a:http", "shop/é:http", ""))
          .setTypeUrl("type")
          .setResponseNonce("77")
          .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage("no"))
          .build();
  private static final DeltaDiscoveryRequest DELTA =
      DeltaDiscoveryRequest.newBuilder()
          .setNode(Node.newBuilder().setId("n"))
          .setTypeUrl("type")
          .addAllResourceNamesSubscribe(List.of("a", "b"))
          .addResourceNamesUnsubscribe("c")
          .putInitialResourceVersions("a", "1")
          .putInitialResourceVersions("b", "")
          .setResponseNonce("77")
          .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage("no"))
          .build();

  private static RequestBuffer buffer(byte[] bytes) throws IOException {
    RequestBuffer buffer = new RequestBuffer();
    buffer.read(new ByteArrayInputStream(bytes));
    return buffer;
  }

  private static DiscoveryRequestFields sotw(byte[] bytes, NameList... lists) throws IOException {
    return SotwReader.read(buffer(bytes), List.of(lists));
  }

  private static boolean sameSotw(byte[] bytes) throws IOException {
    DiscoveryRequest expected = DiscoveryRequest.parseFrom(bytes);
    DiscoveryRequestFields read = sotw(bytes);
    assertThat(read.names())
        .containsExactlyInAnyOrderElementsOf(
            Locators.and(expected.getResourceNamesList(), expected.getResourceLocatorsList()));
    assertThat(read.typeUrl()).isEqualTo(expected.getTypeUrl());
    assertThat(read.nonce()).isEqualTo(expected.getResponseNonce());
    assertThat(read.error() != null).isEqualTo(expected.hasErrorDetail());
    assertThat(read.node() != null).isEqualTo(expected.hasNode());
    return true;
  }

  private static boolean sameDelta(byte[] bytes) throws IOException {
    DeltaDiscoveryRequest expected = DeltaDiscoveryRequest.parseFrom(bytes);
    DiscoveryRequestFields read = DeltaReader.read(buffer(bytes));
    assertThat(read.names())
        .containsExactlyInAnyOrderElementsOf(
            Locators.and(
                expected.getResourceNamesSubscribeList(),
                expected.getResourceLocatorsSubscribeList()));
    assertThat(read.unsubscribed())
        .containsExactlyInAnyOrderElementsOf(
            Locators.and(
                expected.getResourceNamesUnsubscribeList(),
                expected.getResourceLocatorsUnsubscribeList()));
    assertThat(read.versions()).isEqualTo(expected.getInitialResourceVersionsMap());
    assertThat(read.typeUrl()).isEqualTo(expected.getTypeUrl());
    assertThat(read.nonce()).isEqualTo(expected.getResponseNonce());
    assertThat(read.error() != null).isEqualTo(expected.hasErrorDetail());
    return true;
  }

  @Test
  void readWhatProtobufReads() throws Exception {
    assertThat(sameSotw(SOTW.toByteArray())).isTrue();
    assertThat(sameDelta(DELTA.toByteArray())).isTrue();
    assertThat(sameSotw(new byte[0])).isTrue();
  }

  @Test
  void refuseWhatIsCutOff() {
    byte[] bytes = DELTA.toByteArray();
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(() -> DeltaReader.read(buffer(cut)))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  /** Bytes changed at random: never anything but protobuf's own reading, or its own exception. */
  @Test
  void neverReadWhatProtobufRefuses() throws Exception {
    Random random = new Random(11);
    int good = 0;
    for (int i = 0; i < 20_000; i++) {
      good += survives(random, SOTW.toByteArray(), bytes -> check(() -> sameSotw(bytes))) ? 1 : 0;
      good += survives(random, DELTA.toByteArray(), bytes -> check(() -> sameDelta(bytes))) ? 1 : 0;
    }
    assertThat(good).isPositive();
  }

  private static boolean survives(Random random, byte[] bytes, Predicate<byte[]> check) {
    for (int n = random.nextInt(3); n >= 0; n--) {
      // The bodies of node and error are read later, by protobuf itself.
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt(256);
    }
    return check.test(bytes);
  }

  private interface Reading {
    boolean same() throws IOException;
  }

  private static boolean check(Reading reading) {
    try {
      return reading.same();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void knowAListOfNamesAgainByItsBytes() throws Exception {
    byte[] bytes = SOTW.toByteArray();
    NameList list = sotw(bytes).list();
    assertThat(list).isNotNull();
    NameList known = list == null ? new NameList(new byte[0]) : list;

    DiscoveryRequestFields again = sotw(bytes, known);
    assertThat(again.unchanged()).isTrue();
    assertThat(again.nonce()).isEqualTo("77");

    // One name more, at its end and elsewhere: all are read.
    byte[] longer = SOTW.toBuilder().addResourceNames("d").build().toByteArray();
    assertThat(sotw(longer, known).names()).hasSize(4);
    byte[] scattered =
        ByteString.copyFrom(bytes)
            .concat(DiscoveryRequest.newBuilder().addResourceNames("e").build().toByteString())
            .toByteArray();
    assertThat(sotw(scattered, known).names()).hasSize(4);
    assertThat(sotw(scattered, known).unchanged()).isFalse();
  }
}
