package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.cli.flags.ClusterAccessFlags;
import io.github.topologyxds.cli.flags.ManifestFlags;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.OfflineWorld;
import io.github.topologyxds.explain.cluster.ClusterObjects;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.shifts.JudgedShift;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ZonalShift;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The cluster that a zone is emptied of: a live one, or files. */
final class WorldFlags {
  @Option(
      names = "-f",
      converter = InputPath.class,
      paramLabel = "PATH",
      description =
          "A file, a folder of *.yaml, *.yml and *.json, or - for standard input, in place of the"
              + " cluster; may be repeated.")
  private List<Path> paths = List.of();

  @Mixin private ClusterAccessFlags cluster = new ClusterAccessFlags();

  boolean isOffline() {
    return !paths.isEmpty();
  }

  /** Returns what there is. */
  ClusterSnapshot load(InstantSource clock) {
    return new OfflineWorld(
        isOffline()
            ? ManifestFlags.routing(paths)
            : cluster.use(access -> ClusterObjects.list(access.writes())),
        clock);
  }

  <T> T inCluster(ClusterAccessFlags.Work<T> work) {
    return cluster.use(work);
  }

  /** Returns the zones that Nodes and endpoints have. */
  static SortedSet<String> zones(ClusterSnapshot world) {
    TreeSet<String> zones = new TreeSet<>();
    world.nodes().values().forEach(node -> zones.add(node.zone()));
    world.services().stream()
        .map(world::service)
        .flatMap(Optional::stream)
        .map(ServiceState::slices)
        .flatMap(List::stream)
        .forEach(slice -> slice.endpoints().forEach(endpoint -> zones.add(endpoint.zone())));
    zones.remove("");
    return zones;
  }

  /** Returns what a server would make of one shift more, or of one in place of its namesake. */
  static Optional<JudgedShift> judged(ClusterSnapshot world, ZonalShift shift, Instant now) {
    TreeMap<String, ZonalShift> all = new TreeMap<>();
    world.shifts().shifts().forEach(judged -> all.put(judged.shift().name(), judged.shift()));
    all.put(shift.name(), shift);
    return ShiftJudge.judge(all.values(), zones(world), now, world.shifts()).shifts().stream()
        .filter(judged -> judged.shift().name().equals(shift.name()))
        .findFirst();
  }
}
