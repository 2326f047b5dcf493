package io.github.topologyxds.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private final Quarantine quarantine = new Quarantine();

  @Test
  void refusesOneResourceAtOnceAndOnlyThatContent() {
    XdsResource bad = resource("bad");

    quarantine.onNack(List.of(bad));

    assertThat(quarantine.refuses(bad)).isTrue();
    assertThat(
            quarantine.refuses(
                new XdsResource(bad.type(), "bad", "newer", bad.packed(), bad.endpoints())))
        .isFalse();
    assertThat(quarantine.onTrial()).isNull();
    quarantine.forget("bad");
    assertThat(quarantine.refuses(bad)).isFalse();
  }

  /** Of n resources one is found in at most 2 * ceil(log2 n) further responses. */
  @Test
  void findsTheOneInLogarithmicallyManyTrials() {
    List<XdsResource> all = IntStream.range(0, 1000).mapToObj(i -> resource("r" + i)).toList();
    Set<String> through = new HashSet<>();
    quarantine.onNack(all);
    int trials = 0;
    for (Set<String> trial = quarantine.onTrial(); trial != null; trial = quarantine.onTrial()) {
      trials++;
      Set<String> names = trial;
      if (names.contains("r613")) {
        quarantine.onNack(all.stream().filter(r -> names.contains(r.name())).toList());
      } else {
        through.addAll(names);
        quarantine.trialOver();
      }
    }
    assertThat(trials).isLessThanOrEqualTo(20);
    assertThat(through).hasSize(999).doesNotContain("r613");
    assertThat(quarantine.refuses(resource("r613"))).isTrue();
  }

  @Test
  void forgetsOldVersionsOfAClientThatRefusesThemAll() {
    XdsResource resource = resource("bad");
    for (int i = 0; i < 100; i++) {
      quarantine.onNack(
          List.of(
              new XdsResource(
                  resource.type(), "bad", "v" + i, resource.packed(), resource.endpoints())));
    }
    long remembered =
        IntStream.range(0, 100)
            .mapToObj(i ->
                new XdsResource(
                    resource.type(), "bad", "v" + i, resource.packed(), resource.endpoints()))
            .filter(quarantine::refuses)
            .count();
    assertThat(remembered).isBetween(1L, 8L);
  }

  private static XdsResource resource(String name) {
    return PortTranslation.unknown(name);
  }
}
