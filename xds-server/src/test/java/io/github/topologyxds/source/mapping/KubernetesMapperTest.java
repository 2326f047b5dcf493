package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.state.ModelObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesMapperTest {
  private static final String LABEL_64 = "a".repeat(64);
  private static final String SUBDOMAIN_254 = "a.".repeat(126) + "aa";

  @Test
  void aNodesZoneAndRegionAreItsLabels() {
    assertThat(model(node(Map.of("topology.kubernetes.io/zone", "z"))))
        .isEqualTo(new ModelObject.OfNode(new NodeModel("n", "z", "")));
    assertThat(model(node(Map.of("topology.kubernetes.io/region", "r"))))
        .isEqualTo(new ModelObject.OfNode(new NodeModel("n", "", "r")));
    assertThat(model(node(null))).isEqualTo(new ModelObject.OfNode(new NodeModel("n", "", "")));
  }

  @Test
  void aNamespaceHasOurAnnotationsAsWritten() {
    Namespace namespace = new Namespace();
    namespace.setMetadata(new ObjectMetaBuilder().withName("shop").build());
    assertThat(model(KubernetesMapper.map(namespace, Places.NOWHERE)))
        .isEqualTo(new ModelObject.OfNamespace(new NamespaceModel("shop", "", "")));
    namespace
        .getMetadata()
        .setAnnotations(
            Map.of("topology-xds.io/preference", "p", "topology-xds.io/not-ready", "r"));
    assertThat(model(KubernetesMapper.map(namespace, Places.NOWHERE)))
        .isEqualTo(new ModelObject.OfNamespace(new NamespaceModel("shop", "p", "r")));
  }

  @Test
  void anObjectWithoutMetadataIsRefused() {
    Service service = new Service();
    service.setMetadata(null);
    assertThat(KubernetesMapper.map(service))
        .isEqualTo(
            refusal(ObjectKey.service(new ObjectName("default", "")), "metadata.name is missing"));
    EndpointSlice slice = new EndpointSlice();
    slice.setMetadata(null);
    assertThat(KubernetesMapper.map(slice)).isInstanceOf(MappedObject.Refused.class);
    Node node = new Node();
    node.setMetadata(null);
    assertThat(KubernetesMapper.map(node))
        .isEqualTo(
            refusal(
                new ObjectKey(ObjectKind.NODE, new ObjectName("", "")),
                "metadata.name is missing"));
    Namespace namespace = new Namespace();
    namespace.setMetadata(new ObjectMeta());
    assertThat(KubernetesMapper.map(namespace, Places.NOWHERE))
        .isInstanceOf(MappedObject.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "A", "a.b", "-a", "a-", "a_b", "a b", "a\nb", "ä"})
  void aServiceOrNamespaceMustBeADnsLabel(String name) {
    assertThat(service("default", name)).isInstanceOf(MappedObject.Refused.class);
    assertThat(service(name, "a")).isInstanceOf(MappedObject.Refused.class);
    assertThat(service(name, "a").findings().getFirst().reason()).isEqualTo(Reason.NAME_INVALID);
    assertThat(service(name, "a").findings().getFirst().toString()).doesNotContain("\n");
  }

  @Test
  void longNames() {
    assertThat(service("default", LABEL_64)).isInstanceOf(MappedObject.Refused.class);
    assertThat(service("default", LABEL_64.substring(1))).isInstanceOf(MappedObject.Accepted.class);
    assertThat(DnsSubdomain.isValid(SUBDOMAIN_254)).isFalse();
    assertThat(DnsSubdomain.isValid(SUBDOMAIN_254.substring(1))).isFalse();
    assertThat(DnsSubdomain.isValid(SUBDOMAIN_254.substring(2))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "A", "a/b", "*.a"})
  void noSubdomain(String name) {
    assertThat(DnsSubdomain.isValid(name)).isFalse();
  }

  private static MappedObject refusal(ObjectKey object, String message) {
    return new MappedObject.Refused(List.of(Finding.of(Reason.NAME_INVALID, object, message)));
  }

  private static MappedObject service(String namespace, String name) {
    Service service = new Service();
    service.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return KubernetesMapper.map(service);
  }

  private static MappedObject node(@Nullable Map<String, String> labels) {
    Node node = new Node();
    node.setMetadata(new ObjectMetaBuilder().withName("n").build());
    node.getMetadata().setLabels(labels);
    return KubernetesMapper.map(node);
  }

  private static ModelObject model(MappedObject mapped) {
    return ((MappedObject.Accepted) mapped).object();
  }
}
