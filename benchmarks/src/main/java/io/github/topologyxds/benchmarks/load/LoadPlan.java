package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.topology.settings.Balance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured.
 *
 * @param routes whether clients ask for routes, too, and a Service comes in the end
 * @param asked what each client asks for
 * @param reports whether clients report their load in the end
 * @param reconnects how often all clients go and come back before anything changes
 */
record LoadPlan(
    World world,
    int clients,
    AdsVariant variant,
    boolean routes,
    Asked asked,
    boolean reports,
    int reconnects,
    Changes changes) {
  private static final int CHANGING = 5;

  /** What a client asks for. */
  enum Way {
    /** Every Service. */
    ALL,
    /** Some, in {@code metadata.SERVICES}. */
    SCOPED,
    /** The same, each by its name when something goes there: a sidecar on demand. */
    ON_DEMAND
  }

  /**
   * What each client asks for.
   *
   * @param services so many; 0 for all
   */
  record Asked(Way way, int services) {
    /** Every Service. */
    static final Asked ALL = new Asked(Way.ALL, 0);
  }

  /** What the server reads the cluster from. */
  enum Source {
    /** Nothing: the pipeline is handed objects, in the benchmark's own server. */
    PIPELINE,
    /** A folder of manifests, by the product as it is launched. */
    FOLDER,
    /** A generated Kubernetes API, likewise. */
    API
  }

  /**
   * The cluster that is served.
   *
   * @param neighbour who is in it beside the Services that are measured, with a pipeline alone
   * @param balance how all Services' near traffic is spread
   */
  record World(
      int services, int endpoints, HostileNeighbour neighbour, Source source, Balance balance) {
    /** One without anybody else, that the pipeline is handed. */
    World(int services, int endpoints) {
      this(services, endpoints, HostileNeighbour.NONE);
    }

    /** One that the pipeline is handed. */
    World(int services, int endpoints, HostileNeighbour neighbour) {
      this(services, endpoints, neighbour, Source.PIPELINE, Balance.STRICT);
    }

    /** One without anybody else. */
    World(int services, int endpoints, Source source) {
      this(services, endpoints, HostileNeighbour.NONE, source, Balance.STRICT);
    }

    /** The same with another balance. */
    World with(Balance other) {
      return new World(services, endpoints, neighbour, source, other);
    }
  }

  /** The same over another source. */
  LoadPlan over(Source source) {
    return in(
        new World(world.services(), world.endpoints(), world.neighbour(), source, world.balance()),
        changes);
  }

  /** The same without the neighbour, and without anybody who lists. */
  LoadPlan without() {
    return in(
        new World(world.services(), world.endpoints(), world.source()).with(world.balance()),
        changes.withoutListing());
  }

  /** Returns beside whom or what is measured. */
  String beside() {
    return changes.listing() ? "a listing each second" : world.neighbour().title();
  }

  private LoadPlan in(World other, Changes then) {
    return new LoadPlan(other, clients, variant, routes, asked, reports, reconnects, then);
  }

  /**
   * What happens once all are in sync.
   *
   * @param rounds single changes, each when the one before has reached everybody
   * @param rate changes a second on different Services; 0: none
   * @param seconds for which they go on, or for which nothing happens
   * @param idle whether nothing happens in the end
   * @param listing whether somebody lists all clients and Services each second meanwhile
   */
  record Changes(int rounds, double rate, int seconds, boolean idle, boolean listing) {
    private Changes withoutListing() {
      return new Changes(rounds, rate, seconds, idle, false);
    }
  }

  /** Returns what is measured, and with what, under short names. */
  Map<String, Object> described(String serverOptions) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("commit", System.getProperty("load.commit", "unknown"));
    described.put("jdk", System.getProperty("java.vm.version", ""));
    described.put("cores", Runtime.getRuntime().availableProcessors());
    described.put("source", world.source().name().toLowerCase(Locale.ROOT));
    described.put("server_options", serverOptions);
    described.put("protocol", variant.name().toLowerCase(Locale.ROOT));
    described.put("clients", clients);
    described.put("services", world.services());
    described.put("endpoints", world.endpoints());
    described.put("asked", asked.way().name().toLowerCase(Locale.ROOT));
    described.put("scope", asked.services());
    described.put("balance", world.balance().label());
    return described;
  }

  int wanted() {
    return asked.way() == Way.ALL ? world.services() : Math.min(asked.services(), world.services());
  }

  /** Returns the Service that changes in the rounds. */
  int changing() {
    return CHANGING % world.services();
  }

  /** Returns whether every client has asked for the Service that changes. */
  boolean allHear() {
    return switch (asked.way()) {
      case ALL, ON_DEMAND -> true;
      case SCOPED -> false;
    };
  }

  /** Returns the numbers of the Services that a sidecar on demand uses: the changing one first. */
  List<Integer> used(int client) {
    List<Integer> used = new ArrayList<>();
    used.add(changing());
    int others = world.services() - 1;
    for (int i = 0; used.size() < wanted(); i++) {
      int other = (client * (wanted() - 1) + i) % others;
      used.add((changing() + 1 + other) % world.services());
    }
    return used;
  }
}
