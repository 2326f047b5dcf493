package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ModelObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceMapperTest {
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";

  @Test
  void aServiceWithANameAloneHasTheApisDefaults() {
    Service bare = new ServiceBuilder().withNewMetadata().withName("a").endMetadata().build();
    assertThat(accepted(bare))
        .isEqualTo(
            new ServiceModel(
                new ObjectName("default", "a"),
                ServiceType.CLUSTER_IP,
                List.of(),
                List.of(),
                List.of(),
                ServiceTopology.DEFAULT,
                false,
                ServiceModel.AGE_UNKNOWN));
  }

  @Test
  void nullListsAreEmpty() {
    ServiceSpec spec = new ServiceSpec();
    spec.setPorts(null);
    spec.setClusterIPs(null);
    spec.setIpFamilies(null);
    Service service = service(s -> s);
    service.setSpec(spec);
    assertThat(accepted(service).ports()).isEmpty();
  }

  @Test
  void aPortWithoutNameProtocolAndNumberIsTheUnnamedTcpPort0() {
    Service service = service(s -> s.withPorts(new ServicePortBuilder().build()));
    assertThat(accepted(service).ports()).containsExactly(new ServicePort("", 0, Protocol.TCP, ""));
  }

  @Test
  void aPortIsTakenAsWritten() {
    Service service =
        service(s ->
            s.addNewPort()
                .withName("dns")
                .withPort(53)
                .withProtocol("UDP")
                .withAppProtocol("x")
                .endPort());
    assertThat(accepted(service).ports())
        .containsExactly(new ServicePort("dns", 53, Protocol.UDP, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a/b", "UPPER", "-a", "a.b", "a:b"})
  void aPortWhoseNameIsNoDnsLabelIsLeftOut(String name) {
    Service service =
        service(s -> s.addNewPort().withName(name).withPort(80).endPort().addNewPort().endPort());
    assertThat(accepted(service).ports()).hasSize(1);
    assertThat(KubernetesMapper.map(service).findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.NAME_INVALID);
  }

  @Test
  void aPortWithAnUnknownProtocolIsLeftOut() {
    Service service = service(s -> s.addNewPort().withPort(80).withProtocol("tcp").endPort());
    assertThat(accepted(service).ports()).isEmpty();
    assertThat(KubernetesMapper.map(service).findings().getFirst().message())
        .contains("\"tcp\"", "TCP, UDP, SCTP");
  }

  @Test
  void clusterIpsDefaultToClusterIpAndEmptyOnesAreNone() {
    assertThat(ips("10.0.0.1")).containsExactly("10.0.0.1");
    assertThat(ips("")).isEmpty();
    assertThat(ips(null)).isEmpty();
    assertThat(ips("", "")).isEmpty();
    assertThat(ips("10.0.0.1", "10.0.0.1", "fd00::1")).containsExactly("10.0.0.1", "fd00::1");
    assertThat(ips(null, "10.0.0.1", null)).containsExactly("10.0.0.1");
  }

  @Test
  void clusterIpNoneIsHeadlessAndHasNoIps() {
    ServiceModel headless = accepted(service(s -> s.withClusterIP("None").withClusterIPs("None")));
    assertThat(headless.type()).isEqualTo(ServiceType.HEADLESS);
    assertThat(headless.clusterIps()).isEmpty();
    assertThat(accepted(service(s -> s.withClusterIPs("None"))).type())
        .isEqualTo(ServiceType.HEADLESS);
  }

  @Test
  void anExternalNameHasNoIps() {
    ServiceModel external =
        accepted(service(s -> s.withType("ExternalName").withClusterIP("10.0.0.1")));
    assertThat(external.type()).isEqualTo(ServiceType.EXTERNAL_NAME);
    assertThat(external.clusterIps()).isEmpty();
  }

  @Test
  void ipFamiliesAreTakenAsWrittenAndNeverInvented() {
    assertThat(accepted(service(s -> s.withClusterIP("fd00::1"))).ipFamilies()).isEmpty();
    assertThat(accepted(service(s -> s.withIpFamilies("IPv6", "IPv4", "ipv4"))).ipFamilies())
        .containsExactly(Family.IPV6, Family.IPV4);
  }

  @ParameterizedTest
  @CsvSource({
    "PreferClose,PREFER_SAME_ZONE",
    "PreferSameZone,PREFER_SAME_ZONE",
    "PreferSameNode,PREFER_SAME_NODE",
    "prefersamezone,NONE",
    "'',NONE"
  })
  void trafficDistribution(String written, TrafficDistribution expected) {
    assertThat(
            accepted(service(s -> s.withTrafficDistribution(written)))
                .topology()
                .trafficDistribution())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"Local,true", "Cluster,false", "local,false", "'',false"})
  void internalTrafficPolicy(String written, boolean local) {
    assertThat(accepted(service(s -> s.withInternalTrafficPolicy(written))).topology().localOnly())
        .isEqualTo(local);
  }

  @ParameterizedTest
  @CsvSource({"ClientIP,true", "None,false", "clientip,false", "'',false"})
  void sessionAffinity(String written, boolean affinity) {
    assertThat(accepted(service(s -> s.withSessionAffinity(written))).sessionAffinity())
        .isEqualTo(affinity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auto", "auto"})
  void autoIsExactlyOneOfTwoSpellings(String value) {
    assertThat(auto(MODE, value)).isTrue();
    assertThat(auto(HINTS, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", " auto", "Disabled", "disabled", "", "true"})
  void everythingElseIsNotAuto(String value) {
    assertThat(auto(MODE, value)).isFalse();
    assertThat(auto(HINTS, value)).isFalse();
  }

  @Test
  void theOlderAnnotationWinsByBeingThere() {
    assertThat(auto(HINTS, "Disabled", MODE, "Auto")).isFalse();
    assertThat(auto(HINTS, "Auto", MODE, "Disabled")).isTrue();
    assertThat(auto(HINTS, "", MODE, "Auto")).isFalse();
    assertThat(auto(HINTS, null, MODE, "Auto")).isFalse();
  }

  @Test
  void ourAnnotationsAreTakenAsWritten() {
    Service service = service(s -> s);
    service
        .getMetadata()
        .setAnnotations(
            Map.of("topology-xds.io/preference", "Same-Zone", "topology-xds.io/not-ready", "x"));
    ServiceTopology topology = accepted(service).topology();
    assertThat(topology.preference()).isEqualTo("Same-Zone");
    assertThat(topology.notReady()).isEqualTo("x");
    service.getMetadata().setAnnotations(null);
    assertThat(accepted(service).topology()).isEqualTo(ServiceTopology.DEFAULT);
  }

  @Test
  void unknownValuesAreFindingsThatSayWhatIsAllowed() {
    Service service =
        service(s ->
            s.withType("Clusterip")
                .withTrafficDistribution("Near\nby")
                .withInternalTrafficPolicy("x")
                .withSessionAffinity("x")
                .withIpFamilies("ipv4"));
    assertThat(KubernetesMapper.map(service).findings())
        .hasSize(5)
        .allMatch(f -> f.reason() == Reason.FIELD_VALUE && f.message().contains("allowed: "))
        .noneMatch(f -> f.message().contains("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:00:00Z, 1769846400",
    "2026-01-31T10:00:00+02:00, 1769846400",
    "'', 9223372036854775807",
    ", 9223372036854775807",
  })
  void theAgeIsTheCreationTimestamp(@Nullable String written, long created) {
    Service service = service(s -> s);
    service.getMetadata().setCreationTimestamp(written);
    assertThat(accepted(service).created()).isEqualTo(created);
  }

  @Test
  void aCreationTimestampThatIsNoTimeIsAFinding() {
    Service service = service(s -> s);
    service.getMetadata().setCreationTimestamp("yesterday");
    assertThat(KubernetesMapper.map(service).findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.FIELD_VALUE);
  }

  @Test
  void theOlderServiceComesFirstAndWithoutATimestampTheName() {
    Service old = service(s -> s);
    old.getMetadata().setCreationTimestamp("2026-01-31T08:00:00Z");
    old.getMetadata().setName("z");
    Service b = service(s -> s);
    b.getMetadata().setName("b");
    Service a = service(s -> s);
    a.getMetadata().setName("a");
    assertThat(Stream.of(b, a, old).map(ServiceMapperTest::accepted).sorted(ServiceModel.BY_AGE))
        .extracting(model -> model.name().name())
        .containsExactly("z", "a", "b");
  }

  private static List<String> ips(@Nullable String clusterIp, @Nullable String... clusterIps) {
    Service service = service(s -> s);
    service.getSpec().setClusterIP(clusterIp);
    service.getSpec().setClusterIPs(Arrays.asList(clusterIps));
    return accepted(service).clusterIps();
  }

  private static boolean auto(@Nullable String... keysAndValues) {
    Map<@Nullable String, @Nullable String> annotations = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      annotations.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Service service = service(s -> s);
    service.getMetadata().setAnnotations(annotations);
    return accepted(service).topology().auto();
  }

  private static Service service(UnaryOperator<ServiceSpecBuilder> edit) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("a")
        .endMetadata()
        .withSpec(edit.apply(new ServiceSpecBuilder()).build())
        .build();
  }

  private static ServiceModel accepted(Service service) {
    MappedObject.Accepted accepted = (MappedObject.Accepted) KubernetesMapper.map(service);
    return ((ModelObject.OfService) accepted.object()).model();
  }
}
