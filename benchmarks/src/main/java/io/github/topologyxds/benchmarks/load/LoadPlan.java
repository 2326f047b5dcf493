package io.github.topologyxds.benchmarks.load;

/**
 * What is measured.
 *
 * @param routes whether clients ask for routes, too, and a Service comes in the end
 * @param scope so many Services each client asks for in {@code metadata.SERVICES}; 0: all
 * @param reports whether clients report their load in the end
 * @param reconnects how often all clients go and come back before anything changes
 */
record LoadPlan(
    World world,
    int clients,
    AdsVariant variant,
    boolean routes,
    int scope,
    boolean reports,
    int reconnects,
    Changes changes) {

  /**
   * The cluster that is served.
   *
   * @param neighbour who is in it beside the Services that are measured
   */
  record World(int services, int endpoints, HostileNeighbour neighbour) {
    /** One without anybody else. */
    World(int services, int endpoints) {
      this(services, endpoints, HostileNeighbour.NONE);
    }
  }

  /** The same without the neighbour. */
  LoadPlan without() {
    return new LoadPlan(
        new World(world.services(), world.endpoints()),
        clients,
        variant,
        routes,
        scope,
        reports,
        reconnects,
        changes);
  }

  /**
   * What happens once all are in sync.
   *
   * @param rounds single changes, each when the one before has reached everybody
   * @param rate changes a second on different Services; 0: none
   * @param seconds for which they go on, or for which nothing happens
   * @param idle whether nothing happens in the end
   */
  record Changes(int rounds, double rate, int seconds, boolean idle) {}

  int wanted() {
    return scope == 0 ? world.services() : Math.min(scope, world.services());
  }
}
