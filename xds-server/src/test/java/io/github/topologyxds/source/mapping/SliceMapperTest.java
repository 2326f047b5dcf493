package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointHints;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.ForNode;
import io.fabric8.kubernetes.api.model.discovery.v1.ForZone;
import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ModelObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceMapperTest {
  @Test
  void portsAndEndpointsMayBeNull() {
    EndpointSlice slice = slice();
    slice.setPorts(null);
    slice.setEndpoints(null);
    assertThat(accepted(slice))
        .isEqualTo(
            new SliceModel(
                new ObjectName("default", "a"),
                new ObjectName("default", ""),
                AddressType.IPV4,
                false,
                List.of(),
                List.of()));
  }

  @Test
  void anEndpointWithAnAddressAloneIsReadyAndHasNothingElse() {
    Endpoint bare = new Endpoint();
    bare.setAddresses(List.of("10.0.0.1", "10.0.0.2"));
    bare.setConditions(null);
    bare.setHints(null);
    bare.setTargetRef(null);
    assertThat(endpoint(bare))
        .isEqualTo(new EndpointModel("10.0.0.1", "", "", "", "", Hints.NONE, Readiness.READY));
  }

  @Test
  void anEndpointWithoutAddressesHasTheAddressEmpty() {
    Endpoint none = new Endpoint();
    none.setAddresses(null);
    assertThat(endpoint(none).address()).isEmpty();
    assertThat(endpoint(new Endpoint()).address()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",,,true,true,false",
    "false,,,false,true,false",
    "true,false,true,true,false,true",
    "false,true,true,false,true,true",
    ",,false,true,true,false"
  })
  void nilIsReadyAndServingButNotTerminating(
      @Nullable Boolean ready,
      @Nullable Boolean serving,
      @Nullable Boolean terminating,
      boolean isReady,
      boolean isServing,
      boolean isTerminating) {
    Endpoint endpoint = new Endpoint();
    endpoint.setConditions(new EndpointConditions(ready, serving, terminating));
    assertThat(endpoint(endpoint).readiness())
        .isEqualTo(new Readiness(isReady, isServing, isTerminating));
  }

  @Test
  void aHintWithoutANameIsAHintForNobody() {
    assertThat(hints(null, null)).isSameAs(Hints.NONE);
    assertThat(hints(List.of(), List.of())).isSameAs(Hints.NONE);
    Hints forNobody = new Hints(new TreeSet<>(Set.of("")), new TreeSet<>(Set.of("")));
    assertThat(hints(List.of(new ForZone("")), List.of(new ForNode("")))).isEqualTo(forNobody);
    assertThat(hints(Arrays.asList(new ForZone(null), null), List.of(new ForNode(""))))
        .isEqualTo(forNobody);
  }

  @Test
  void hintsAreSets() {
    Hints hints =
        hints(
            List.of(new ForZone("b"), new ForZone("a"), new ForZone("b")),
            List.of(new ForNode("n")));
    assertThat(hints.zones()).containsExactly("a", "b");
    assertThat(hints.nodes()).containsExactly("n");
  }

  @Test
  void everythingElseIsTakenAsWritten() {
    Endpoint endpoint =
        new EndpointBuilder()
            .withAddresses("10.0.0.1")
            .withNodeName("n")
            .withZone("z".repeat(1000))
            .withHostname("h")
            .withTargetRef(new ObjectReference("v1", "", "Pod", "p", "ns", "1", "uid"))
            .build();
    EndpointModel model = endpoint(endpoint);
    assertThat(model.nodeName() + model.hostname() + model.targetUid()).isEqualTo("nhuid");
    assertThat(model.zone()).hasSize(1000);
  }

  @Test
  void aPortWithoutNameProtocolAndNumberIsTheUnnamedTcpPort0() {
    assertThat(ports(new EndpointPort())).containsExactly(new SlicePort("", 0, Protocol.TCP));
  }

  @Test
  void aPortsNumberIsNotJudgedHere() {
    assertThat(ports(new EndpointPort(null, "x", 70000, "SCTP")))
        .containsExactly(new SlicePort("x", 70000, Protocol.SCTP));
  }

  @Test
  void aPortWhoseNameIsNoDnsLabelIsLeftOut() {
    assertThat(ports(new EndpointPort(null, "*", 80, "TCP"))).isEmpty();
  }

  @Test
  void theLabelsNameTheServiceInTheSlicesNamespace() {
    EndpointSlice slice = slice();
    slice.getMetadata().setNamespace("shop");
    slice
        .getMetadata()
        .setLabels(
            Map.of("kubernetes.io/service-name", "cart", "service.kubernetes.io/headless", ""));
    assertThat(accepted(slice).service()).isEqualTo(new ObjectName("shop", "cart"));
    assertThat(accepted(slice).headlessLabel()).isTrue();
  }

  @Test
  void aServiceNameThatNoServiceCanHaveIsRefused() {
    EndpointSlice slice = slice();
    slice.getMetadata().setLabels(Map.of("kubernetes.io/service-name", "*"));
    assertThat(refused(slice).reason()).isEqualTo(Reason.NAME_INVALID);
  }

  @ParameterizedTest
  @EnumSource(AddressType.class)
  void addressTypes(AddressType type) {
    EndpointSlice slice = slice();
    slice.setAddressType(type.name().replace("IPV", "IPv"));
    assertThat(accepted(slice).addressType()).isEqualTo(type);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "ipv4", "IP"})
  void aSliceWithoutAnAddressTypeIsRefused(@Nullable String type) {
    EndpointSlice slice = slice();
    slice.setAddressType(type);
    assertThat(refused(slice).message()).contains("addressType", "allowed: IPv4, IPv6, FQDN");
  }

  private static Hints hints(@Nullable List<ForZone> zones, @Nullable List<ForNode> nodes) {
    EndpointHints hints = new EndpointHints();
    hints.setForZones(zones);
    hints.setForNodes(nodes);
    Endpoint endpoint = new Endpoint();
    endpoint.setHints(hints);
    return endpoint(endpoint).hints();
  }

  private static EndpointModel endpoint(Endpoint endpoint) {
    EndpointSlice slice = slice();
    slice.setEndpoints(Arrays.asList(null, endpoint));
    return accepted(slice).endpoints().getFirst();
  }

  private static List<SlicePort> ports(EndpointPort port) {
    EndpointSlice slice = slice();
    slice.setPorts(Arrays.asList(null, port));
    return accepted(slice).ports();
  }

  private static EndpointSlice slice() {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName("a")
        .endMetadata()
        .withAddressType("IPv4")
        .build();
  }

  private static SliceModel accepted(EndpointSlice slice) {
    MappedObject.Accepted accepted = (MappedObject.Accepted) KubernetesMapper.map(slice);
    return ((ModelObject.OfSlice) accepted.object()).model();
  }

  private static Finding refused(EndpointSlice slice) {
    return ((MappedObject.Refused) KubernetesMapper.map(slice)).findings().getLast();
  }
}
