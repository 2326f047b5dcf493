package io.github.topologyxds.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.ModelObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceCIDRs as the API writes them, and as somebody writes them into a file. */
class ServiceCidrMapperTest {
  @Test
  void bothFamiliesAreRead() {
    Manifests.Loaded loaded = load("[10.96.0.0/12, 'fd00:96::/108']");

    assertThat(loaded.findings()).isEmpty();
    assertThat(model(loaded))
        .isEqualTo(new ServiceCidrModel("kubernetes", List.of("10.96.0.0/12", "fd00:96::/108")));
  }

  /** Services have clusterIPs of it until it is gone: the API keeps it for so long. */
  @Test
  void oneThatIsBeingDeletedCounts() {
    Manifests.Loaded loaded =
        Manifests.of(
            "cidr.yaml",
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

    assertThat(loaded.findings()).isEmpty();
    assertThat(model(loaded).cidrs()).containsExactly("10.96.0.0/12");
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
    Manifests.Loaded loaded = load("['fd00:96::/108', '" + bad + "']");

    assertThat(model(loaded).cidrs()).containsExactly("fd00:96::/108");
    assertThat(loaded.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.SERVICE_CIDR_INVALID);
          assertThat(finding.object()).hasToString("ServiceCIDR kubernetes");
          assertThat(finding.message()).contains("cidr.yaml:4", "spec.cidrs[1] is \"");
        });
  }

  @Test
  void oneWithoutARangeIsSaid() {
    assertThat(load("[]").findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.SERVICE_CIDR_INVALID);
    assertThat(load("10.96.0.0/12").findings())
        .extracting(Finding::reason)
        .containsExactly(Reason.FIELD_TYPE);
  }

  private static Manifests.Loaded load(String cidrs) {
    return Manifests.of(
        "cidr.yaml",
        """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: kubernetes}
        spec: {cidrs: %s}
        """
            .formatted(cidrs));
  }

  private static ServiceCidrModel model(Manifests.Loaded loaded) {
    assertThat(loaded.objects()).hasSize(1);
    return ((ModelObject.OfServiceCidr) loaded.objects().getFirst()).model();
  }
}
