package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateUpdate;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceCIDRs as the API writes them, and as somebody writes them into a file. */
class ServiceCidrMapperTest {
  private final ClusterStateStore state = new ClusterStateStore();

  @Test
  void bothFamiliesAreRead() {
    assertThat(take(written("['fd00:96::/108', 10.96.0.0/12]"))).isEmpty();
    assertThat(state.serviceCidrs())
        .map(Cidr::toString)
        .containsExactly("10.96.0.0/12", "fd00:96::/108");
  }

  /** Services have clusterIPs of it until it is gone: the API keeps it for so long. */
  @Test
  void oneThatIsBeingDeletedCounts() {
    List<Finding> findings =
        take(
            """
            apiVersion: networking.k8s.io/v1
            kind: ServiceCIDR
            metadata:
              name: old
              deletionTimestamp: "2026-11-29T00:00:00Z"
              deletionGracePeriodSeconds: 0
              finalizers: [networking.k8s.io/service-cidr-finalizer]
            spec: {cidrs: [10.96.0.0/12]}
            status:
              conditions: [{type: Ready, status: "False", reason: Terminating}]
            """);

    assertThat(findings).isEmpty();
    assertThat(state.serviceCidrs()).map(Cidr::toString).containsExactly("10.96.0.0/12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.96.0.0",
        "10.96.0.0/33",
        "cart",
        "",
        "0.0.0.0/0",
        "::/0",
        "127.0.0.0/8",
        "127.0.0.1/32",
        "96.0.0.0/3",
        "169.254.7.0/24",
        "224.0.0.0/4",
        "fe80::/64",
        "ff02::/16",
        "::1/128"
      })
  void aRangeThatIsNoneCostsItselfAlone(String bad) {
    List<Finding> findings = take(written("['fd00:96::/108', '" + bad + "']"));

    assertThat(state.serviceCidrs()).map(Cidr::toString).containsExactly("fd00:96::/108");
    assertThat(findings)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.SERVICE_CIDR_INVALID);
          assertThat(finding.object()).hasToString("ServiceCIDR kubernetes");
          assertThat(finding.message()).startsWith("spec.cidrs[1] is \"" + bad + "\"");
        });
  }

  @Test
  void oneWithoutARangeIsSaid() {
    assertThat(take(written("[]")))
        .extracting(Finding::reason)
        .containsExactly(Reason.SERVICE_CIDR_INVALID);
    assertThat(state.serviceCidrs()).isEmpty();
  }

  private List<Finding> take(String text) {
    Manifests.Loaded loaded = Manifests.of("cidr.yaml", text);
    assertThat(loaded.findings()).isEmpty();
    StateUpdate update = state.apply(new StateChange.Everything(loaded.objects(), List.of()));
    return update.findings();
  }

  private static String written(String cidrs) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: ServiceCIDR
    metadata: {name: kubernetes}
    spec: {cidrs: %s}
    """
        .formatted(cidrs);
  }
}
