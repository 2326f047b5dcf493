package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.finding.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every reason of a finding that {@code translate} can print occurs in a golden case. */
class GoldenFindingsTest {
  /** Limits of all Services together, and of what clients ask for: only a server has them. */
  private static final Set<Reason> OF_SERVERS =
      EnumSet.of(
          Reason.NAMESPACE_LIMIT,
          Reason.CLUSTERS_LIMIT,
          Reason.MAX_CONNECTION_AGES_LIMIT,
          Reason.MEMORY_BUDGET,
          Reason.UNKNOWN_ADDRESSES_LIMIT,
          Reason.TLS_FILE_INVALID,
          Reason.STATE_RESTORED);

  /** Of EndpointSlices of our own: {@code plan} and the writer, and not routing, find them. */
  private static final Set<Reason> OF_PLANNING =
      EnumSet.of(
          Reason.HINTS_NODES_INSUFFICIENT,
          Reason.HINTS_TOO_FEW_ENDPOINTS,
          Reason.HINTS_OVERLOAD,
          Reason.HINTS_ZONE_MISSING,
          Reason.ADDRESS_NOT_ALLOWED,
          Reason.ADDRESS_OF_ANOTHER_MANAGER,
          Reason.TARGET_PORT_UNKNOWN,
          Reason.NODE_NAME_INVALID,
          Reason.SLICE_TAKEN_OVER,
          Reason.SLICE_FOUGHT_OVER,
          Reason.SLICE_OF_ANOTHER_INSTALLATION,
          Reason.SLICE_UNCLAIMED,
          Reason.MIRROR_REFUSED);

  /** Of shifts that act: no file can hold one for ever (the vectors zonal-shift.yaml are such). */
  private static final Set<Reason> OF_A_TIME =
      EnumSet.of(
          Reason.ZONAL_SHIFT_ZONE_UNKNOWN,
          Reason.ZONAL_SHIFT_NOT_FOLLOWED,
          Reason.ZONAL_SHIFT_LEAVES_NONE);

  /** Only a defect of ours brings them. */
  private static final Set<Reason> DEFECTS =
      EnumSet.of(Reason.RESOURCE_INVALID, Reason.TRANSLATION_FAILED);

  /** Such an input has nothing to translate: the command fails and prints no findings. */
  private static final Set<Reason> FAILURES =
      EnumSet.of(Reason.FILE_UNREADABLE, Reason.INPUT_EMPTY, Reason.YAML_INVALID);

  @Test
  void shouldHaveEveryReasonOfAFinding() throws IOException {
    Set<Reason> expected = EnumSet.allOf(Reason.class);
    expected.removeAll(OF_SERVERS);
    expected.removeAll(OF_PLANNING);
    expected.removeAll(OF_A_TIME);
    expected.removeAll(DEFECTS);
    expected.removeAll(FAILURES);
    Set<Reason> found = EnumSet.noneOf(Reason.class);
    for (Path folder : GoldenTest.cases()) {
      String findings = GoldenOutput.read(folder).parts().getOrDefault("findings", "");
      for (JsonNode finding : JsonMapper.shared().readTree(findings)) {
        found.add(Reason.valueOf(finding.get("reason").asString()));
      }
    }

    assertThat(found).isEqualTo(expected);
  }
}
