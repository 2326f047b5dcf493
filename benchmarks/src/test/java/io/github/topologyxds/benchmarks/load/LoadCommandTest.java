package io.github.topologyxds.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.topology.settings.Balance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class LoadCommandTest {
  @Test
  void withoutOptionsTheGoalIsMeasured() {
    assertThat(plan())
        .isEqualTo(
            new LoadPlan(
                new LoadPlan.World(1000, 10),
                1000,
                AdsVariant.DELTA,
                false,
                LoadPlan.Asked.ALL,
                false,
                1,
                new LoadPlan.Changes(20, 0, 60, false, false)));
  }

  @Test
  void everyOptionCounts() {
    assertThat(
            plan(
                "--clients=5",
                "--services=7",
                "--endpoints=3",
                "--balance=fair",
                "--protocol=SOTW",
                "--routes",
                "--scope=2",
                "--reconnects=0",
                "--rounds=4",
                "--rate=20",
                "--seconds=9",
                "--idle",
                "--reports",
                "--listing",
                "-o=json"))
        .isEqualTo(
            new LoadPlan(
                new LoadPlan.World(7, 3).with(Balance.FAIR),
                5,
                AdsVariant.SOTW,
                true,
                new LoadPlan.Asked(LoadPlan.Way.SCOPED, 2),
                true,
                0,
                new LoadPlan.Changes(4, 20, 9, true, true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--balance=even",
        "--clients=0",
        "--services=-1",
        "--services=50001",
        "--protocol=grpc",
        "-o=xml",
        "--rounds=-1",
        "--seconds=0",
        "--nonsense",
        "--clients=many"
      })
  void whatMakesNoSenseIsRefused(String option) {
    assertThatThrownBy(() -> plan(option)).isInstanceOf(ParameterException.class);
  }

  @Test
  void sidecarsOnDemandAskForNothingElse() {
    assertThat(plan("--on-demand=50").asked())
        .isEqualTo(new LoadPlan.Asked(LoadPlan.Way.ON_DEMAND, 50));
    for (String other : List.of("--scope=3", "--routes", "--reports", "--protocol=sotw")) {
      assertThatThrownBy(() -> plan("--on-demand=50", other))
          .isInstanceOf(ParameterException.class);
    }
    assertThatThrownBy(() -> plan("--on-demand=-1")).isInstanceOf(ParameterException.class);
  }

  @Test
  void severalSourcesAreMeasured() {
    assertThat(command("--source=pipeline,folder").sources())
        .containsExactly(LoadPlan.Source.PIPELINE, LoadPlan.Source.FOLDER);
    assertThat(plan("--source=api").over(LoadPlan.Source.API).world())
        .isEqualTo(new LoadPlan.World(1000, 10, LoadPlan.Source.API));
    assertThatThrownBy(() -> command("--source=database").sources())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("database");
  }

  private static LoadPlan plan(String... options) {
    return command(options).plan();
  }

  private static LoadCommand command(String... options) {
    LoadCommand command = new LoadCommand();
    new CommandLine(command).parseArgs(options);
    return command;
  }
}
