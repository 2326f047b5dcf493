package io.github.topologyxds.cli.evacuate;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.values.OutputFormat;
import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.evacuation.EvacuationPlan;
import io.github.topologyxds.explain.evacuation.EvacuationText;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.shifts.JudgedShift;
import io.github.topologyxds.shifts.ShiftJudge;
import io.github.topologyxds.shifts.ShiftPhase;
import io.github.topologyxds.shifts.ShiftRecord;
import io.github.topologyxds.shifts.ZonalShift;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code topology-xds evacuate}: empties a zone, for a time. */
@Command(
    name = "evacuate",
    description = {
      "Empties a zone for a time: writes a ZonalShift (docs/evacuate.md). First it works out what"
          + " that does to each Service that has endpoints there, and writes nothing where a"
          + " Service is nowhere else, or would load another zone by more than half more.",
      "Exit code 1: it should not be done, or could not."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds evacuate zone-b --for 1h --dry-run",
      "  topology-xds evacuate zone-b --for 1h --comment 'new switches'",
      "  topology-xds evacuate zone-b --for 90m -f manifests/ -o yaml > manifests/zone-b-shift.yaml",
      "  topology-xds evacuate --cancel zone-b",
      "  topology-xds evacuate --list",
      "",
      "It needs list on services, endpointslices, nodes and namespaces, and the ClusterRole",
      "topology-xds-zonal-shift-writer."
    })
public final class EvacuateCommand implements Callable<Integer> {
  private static final String NOBODY = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ZONE", arity = "0..1", description = "The zone.")
  private String zone = NOBODY;

  @Option(
      names = "--for",
      converter = Span.class,
      paramLabel = "T",
      description = "How long, 72h at most.")
  private @Nullable Duration time;

  @Option(
      names = "--mode",
      converter = ModeOption.class,
      paramLabel = "M",
      description =
          "last-resort (default): the zone serves where nothing else does. strict: it does not.")
  private ShiftMode mode = ShiftMode.LAST_RESORT;

  @Option(
      names = "--return-over",
      converter = Span.class,
      paramLabel = "T",
      description = "How long traffic takes to come back (default: 10m).")
  private Duration returnOver = ZonalShift.RETURN_OVER;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for others.")
  private String comment = "";

  @Option(names = "--dry-run", description = "Only tell what it would do.")
  private boolean dryRun;

  @Option(names = "--force", description = "Do it, whatever speaks against it.")
  private boolean force;

  @Option(names = "--cancel", description = "End it now: traffic comes back in steps.")
  private boolean cancel;

  @Option(names = "--list", description = "List what is emptied, and what comes back.")
  private boolean list;

  @Option(
      names = "-o",
      converter = OutputFormat.Report.class,
      completionCandidates = OutputFormat.Report.class,
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = {
        "table, wide, json or yaml (default: ${DEFAULT-VALUE}): of --list and --dry-run. Without"
            + " these json and yaml print the object instead of writing it: for a folder that is"
            + " served."
      })
  private OutputFormat format = OutputFormat.TABLE;

  @Mixin private WorldFlags world = new WorldFlags();
  @Mixin private RoutingFlags routing = new RoutingFlags();

  private final InstantSource clock;

  /** By the system's clock. */
  public EvacuateCommand() {
    this(InstantSource.system());
  }

  EvacuateCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      out.print(report().shifts(world.load(clock).shifts().shifts()));
    } else if (!LabelValue.isValid(zone) || zone.isEmpty()) {
      throw usage("name a zone: evacuate ZONE --for 1h");
    } else if (cancel) {
      out.print(cancelled());
    } else {
      return evacuate(out);
    }
    out.flush();
    return 0;
  }

  private int evacuate(PrintWriter out) {
    if (time == null || time.compareTo(ShiftJudge.MAX_AHEAD) > 0 || time.isZero()) {
      throw usage("--for is missing, or not up to 72h: evacuate ZONE --for 1h");
    }
    boolean print = report().isDocument() && !dryRun;
    if (!print && !dryRun && world.isOffline()) {
      throw usage("with -f say -o yaml, or --dry-run: a folder is not written to");
    }
    ZonalShift shift =
        new ZonalShift(
            ShiftDocument.name(zone),
            zone,
            clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS),
            mode,
            returnOver,
            comment,
            ShiftRecord.NONE);
    ClusterSnapshot before = world.load(clock);
    EvacuationPlan plan = EvacuationPlan.of(before, routing.options(), zone, mode);
    PrintWriter told = print ? spec.commandLine().getErr() : out;
    String objection = refusal(before, shift, EvacuationText.objection(plan, zone));
    told.print(
        print ? EvacuationText.of(plan, zone, mode) : report().plan(plan, zone, mode, objection));
    told.flush();
    if (!objection.isEmpty() && !force) {
      throw new CommandFailure(objection);
    }
    if (print) {
      out.print(report().object(shift));
    } else if (!dryRun) {
      world.inCluster(access -> {
        new ClusterShifts(access.writes()).put(shift);
        return shift;
      });
      out.println(zone + " is emptied until " + shift.expireAt());
    }
    out.flush();
    return 0;
  }

  /** What cannot be done goes before what the server would refuse, and what is unwise. */
  private String refusal(ClusterSnapshot before, ZonalShift shift, String objection) {
    SortedSet<String> zones = WorldFlags.zones(before);
    if (!zones.contains(zone)) {
      return "there is no zone %s (there are %s)"
          .formatted(Finding.quote(zone), String.join(", ", zones));
    }
    return WorldFlags.judged(before, shift, clock.instant())
        .filter(judged -> judged.phase() == ShiftPhase.REFUSED)
        .map(JudgedShift::why)
        .orElse(objection);
  }

  private String cancelled() {
    List<String> ended =
        world.inCluster(access -> new ClusterShifts(access.writes()).end(zone, clock.instant()));
    if (ended.isEmpty()) {
      throw new CommandFailure("no ZonalShift empties " + Finding.quote(zone));
    }
    return zone + " comes back: ended " + String.join(", ", ended) + "\n";
  }

  private EvacuationReport report() {
    return new EvacuationReport(format);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
