package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.topology.settings.Balance;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run load}: a server in a JVM of its own, and many clients in this one. */
@Command(
    name = "load",
    description =
        "Many Envoys' streams against one server, over TCP; JAVA_OPTS: the server's JVM. Several"
            + " sources are measured one after the other.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--source",
      defaultValue = "pipeline",
      split = ",",
      description =
          "pipeline: handed to it, without a source. folder, api: bin/topology-xds serve over a"
              + " folder of manifests, a file each; over a generated Kubernetes API.")
  private List<String> sources = List.of("pipeline");

  @Option(names = "--clients", defaultValue = "1000", description = "Streams, one connection each.")
  private int clients;

  @Option(names = "--services", defaultValue = "1000", description = "Services of the cluster.")
  private int services;

  @Option(names = "--endpoints", defaultValue = "10", description = "Endpoints of each Service.")
  private int endpoints;

  @Option(names = "--protocol", defaultValue = "delta", description = "delta or sotw.")
  private String protocol = "delta";

  @Option(
      names = "--balance",
      defaultValue = "strict",
      description = "strict or fair: of all Services, as serve --balance.")
  private String balance = "strict";

  @Option(
      names = "--routes",
      description = "Clients ask for routes, too; in the end a Service comes, which changes them.")
  private boolean routes;

  @Option(
      names = "--scope",
      defaultValue = "0",
      description = "Services in each client's metadata.SERVICES; 0: not limited.")
  private int scope;

  @Option(
      names = "--on-demand",
      defaultValue = "0",
      description =
          "Clients are sidecars on demand that use so many Services each, the changing one among"
              + " them; 0: they hold all.")
  private int onDemand;

  @Option(names = "--reconnects", defaultValue = "1", description = "Times that all come back.")
  private int reconnects;

  @Option(names = "--rounds", defaultValue = "20", description = "Changes, one after the other.")
  private int rounds;

  @Option(names = "--rate", defaultValue = "0", description = "Then so many changes a second.")
  private double rate;

  @Option(names = "--seconds", defaultValue = "60", description = "How long --rate or --idle.")
  private int seconds;

  @Option(names = "--idle", description = "In the end nothing happens for --seconds.")
  private boolean idle;

  @Option(
      names = "--reports",
      description = "In the end clients report their load for --seconds, each once a minute.")
  private boolean reports;

  @Option(
      names = "--listing",
      description =
          "While Services change, somebody lists all clients and all Services over the API each"
              + " second.")
  private boolean listing;

  @Option(
      names = "--hostile",
      defaultValue = "0",
      description =
          "Services of 1,500 ports x 1,000 endpoints beside the others, in another namespace. The"
              + " clients do not call them.")
  private int hostile;

  @Option(
      names = "--hostile-moves",
      defaultValue = "10",
      description = "One of them moves an endpoint so many times a second.")
  private int hostileMoves;

  @Option(
      names = "--toggle",
      defaultValue = "0",
      description = "A Service in that namespace comes or goes so many times a second.")
  private int toggle;

  @Option(
      names = "--pairs",
      defaultValue = "0",
      description =
          "Runs so often without and with --hostile, --toggle or --listing in turn, and compares.")
  private int pairs;

  @Option(names = "-o", defaultValue = "table", description = "table or json.")
  private String output = "table";

  /** Runs it. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] args) {
    System.exit(new CommandLine(new LoadCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean complete = true;
    LoadPlan plan = plan();
    if (pairs > 0) {
      System.out.print(LoadPairs.run(plan, pairs, System.err::println));
      return 0;
    }
    for (LoadPlan.Source source : sources()) {
      LoadReport report = LoadRun.run(plan.over(source), System.err::println);
      System.out.println(output.equals("json") ? report.json().trim() : report.table());
      complete &= report.complete();
    }
    return complete ? 0 : 1;
  }

  List<LoadPlan.Source> sources() {
    return sources.stream().map(this::source).toList();
  }

  private LoadPlan.Source source(String name) {
    return switch (name) {
      case "pipeline" -> LoadPlan.Source.PIPELINE;
      case "folder" -> LoadPlan.Source.FOLDER;
      case "api" -> LoadPlan.Source.API;
      default ->
          throw new ParameterException(
              spec.commandLine(), "--source must be pipeline, folder or api, not " + name);
    };
  }

  LoadPlan plan() {
    refuseNonsense();
    AdsVariant variant =
        switch (protocol.toLowerCase(Locale.ROOT)) {
          case "delta" -> AdsVariant.DELTA;
          case "sotw" -> AdsVariant.SOTW;
          default -> throw refused("--protocol must be delta or sotw, not " + protocol);
        };
    return new LoadPlan(
        new LoadPlan.World(services, endpoints, new HostileNeighbour(hostile, hostileMoves, toggle))
            .with(balance()),
        clients,
        variant,
        routes,
        asked(),
        reports,
        reconnects,
        new LoadPlan.Changes(rounds, rate, seconds, idle, listing));
  }

  private void refuseNonsense() {
    if (clients <= 0 || services <= 0 || endpoints <= 0) {
      throw refused("counts must be positive");
    }
    if (services > 50_000) {
      throw refused("--services: 50000 at most");
    }
    if (scope < 0 || reconnects < 0 || rounds < 0 || rate < 0 || seconds <= 0) {
      throw refused("negative");
    }
    if (hostile < 0 || hostileMoves < 0 || hostileMoves > 1_000) {
      throw refused("negative or too many");
    }
    if (toggle < 0 || toggle > 1_000 || pairs < 0) {
      throw refused("negative or too many");
    }
    if (pairs > 0 && hostile + toggle == 0 && !listing) {
      throw refused("--pairs needs --hostile, --toggle or --listing");
    }
    if (listing && !sources().equals(List.of(LoadPlan.Source.PIPELINE))) {
      throw refused("--listing is for the pipeline");
    }
    if (!output.equals("json") && !output.equals("table")) {
      throw refused("-o must be table or json");
    }
  }

  private LoadPlan.Asked asked() {
    if (onDemand < 0) {
      throw refused("--on-demand: negative");
    }
    if (onDemand > 0) {
      if (scope > 0 || routes || reports || !protocol.equalsIgnoreCase("delta")) {
        throw refused("--on-demand goes with delta, and with no --scope, --routes or --reports");
      }
      return new LoadPlan.Asked(LoadPlan.Way.ON_DEMAND, onDemand);
    }
    return scope > 0 ? new LoadPlan.Asked(LoadPlan.Way.SCOPED, scope) : LoadPlan.Asked.ALL;
  }

  private Balance balance() {
    return Balance.parse(balance)
        .orElseThrow(() -> refused("--balance must be strict or fair, not " + balance));
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
