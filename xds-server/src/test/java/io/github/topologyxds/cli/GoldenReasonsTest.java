package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.topology.decision.DecisionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every reason of a decision occurs in a golden case, so that a swapped one is seen. */
class GoldenReasonsTest {
  /**
   * What {@code translate} cannot print. It shows a first complete state, at which every unready
   * endpoint counts as seen ready, so none was never ready (the vectors D02 and D03 are such); no
   * file empties a zone for ever, as a ZonalShift ends (the vectors Z09 and T22 do); and a
   * translation fails only by a defect.
   */
  private static final Set<DecisionReason> NOT_OFFLINE =
      EnumSet.of(
          DecisionReason.NEVER_READY,
          DecisionReason.ZONE_EMPTIED,
          DecisionReason.TRANSLATION_FAILED);

  @Test
  void shouldHaveEveryReasonOfADecision() throws IOException {
    Set<DecisionReason> found = EnumSet.noneOf(DecisionReason.class);
    for (Path folder : GoldenTest.cases()) {
      String decisions = GoldenOutput.read(folder).parts().getOrDefault("decisions", "");
      for (JsonNode decision : JsonMapper.shared().readTree(decisions)) {
        found.add(DecisionReason.valueOf(decision.get("reason").asString()));
      }
    }

    assertThat(found).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(NOT_OFFLINE)));
  }
}
