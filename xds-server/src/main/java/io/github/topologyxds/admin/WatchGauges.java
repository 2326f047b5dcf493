package io.github.topologyxds.admin;

import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How well the watches of one part are followed: a row for each kind and namespace. */
final class WatchGauges {
  private final SourceHealth source;
  private final List<Shown> shown;

  private record Shown(MultiGauge gauge, ToDoubleFunction<WatchHealth> value) {
    static Shown of(
        MeterRegistry registry,
        String name,
        String description,
        ToDoubleFunction<WatchHealth> value) {
      return new Shown(MultiGauge.builder(name).description(description).register(registry), value);
    }

    void update(List<WatchHealth> watches) {
      gauge.register(
          watches.stream()
              .<Row<?>>map(watch -> Row.of(tags(watch), value.applyAsDouble(watch)))
              .toList(),
          true);
    }
  }

  /**
   * Shows nothing until it is updated.
   *
   * @param prefix with which the names begin
   */
  WatchGauges(MeterRegistry registry, String prefix, SourceHealth source) {
    this.source = source;
    this.shown =
        List.of(
            Shown.of(
                registry,
                prefix + ".synced",
                "1 once all objects of the kind are known",
                watch -> watch.synced() ? 1 : 0),
            Shown.of(
                registry,
                prefix + ".stale",
                "1 while changes may be missing",
                watch -> watch.stale() ? 1 : 0),
            Shown.of(
                registry,
                prefix + ".silence.seconds",
                "Since the API server was heard",
                watch -> seconds(watch.silence())),
            Shown.of(
                registry,
                prefix + ".last.event.age.seconds",
                "Since the last change",
                watch -> seconds(watch.sinceEvent())),
            Shown.of(
                registry,
                prefix + ".restores",
                "Times that the API server held another state than its watch led to",
                WatchHealth::restores));
  }

  /** Takes one look at the watches. */
  void update() {
    List<WatchHealth> watches = source.watches();
    shown.forEach(gauge -> gauge.update(watches));
  }

  private static Tags tags(WatchHealth watch) {
    return Tags.of("kind", watch.kind().label(), "namespace", watch.namespace());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
