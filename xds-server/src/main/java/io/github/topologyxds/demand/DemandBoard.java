package io.github.topologyxds.demand;

/**
 * Where replicas tell each other what they know of the demand. All compute from what is told, their
 * own part included, so that they come to the same bytes. Owner: the thread of {@link
 * DemandKeeper}.
 */
interface DemandBoard {
  /** Returns what is told now. */
  StillDemand.Told told() throws InterruptedException;

  /** Tells something else, if it may now; it is told once {@link #told} says so. */
  void tell(ReplicaDemand own) throws InterruptedException;

  /** Returns one for a replica that has no others. */
  static DemandBoard alone() {
    return new DemandBoard() {
      private ReplicaDemand own = ReplicaDemand.NONE;

      @Override
      public StillDemand.Told told() {
        return new StillDemand.Told(own, ReplicaDemand.NONE);
      }

      @Override
      public void tell(ReplicaDemand next) {
        own = next;
      }
    };
  }
}
