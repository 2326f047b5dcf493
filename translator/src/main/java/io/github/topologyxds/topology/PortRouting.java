package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;

/** The routing of one service port in one family: ask it for any client. Immutable. */
public final class PortRouting {
  private final PortEndpoints endpoints;
  private final ServiceAsk ask;
  private final PortEndpoints.Reach reach;

  PortRouting(PortEndpoints endpoints, ServiceAsk ask, PortEndpoints.Reach reach) {
    this.endpoints = endpoints;
    this.ask = ask;
    this.reach = reach;
  }

  public PortEndpoints endpoints() {
    return endpoints;
  }

  /** Returns what this client gets, and why. */
  public Selection select(ClientView view) {
    return switch (reach) {
      case LOCAL_ONLY -> EndpointSelector.selectLocal(endpoints, view);
      case ANYWHERE -> EndpointSelector.select(endpoints, ask, view);
    };
  }

  /**
   * Returns the least specific view that gets the same endpoints in the same tiers: clients with
   * equal reduced views share one resource.
   */
  public ClientView reduce(ClientView view) {
    return endpoints.reduce(view, ask, reach);
  }

  /** Returns whether it can make a difference on which node a client is. */
  public boolean anyNodeMatters() {
    return endpoints.anyNodeMatters(ask, reach);
  }

  /** True when Auto was asked for, hints would be read, and the ready endpoints lack them. */
  boolean autoWithoutHints() {
    return reach == PortEndpoints.Reach.ANYWHERE
        && ask.hints() == ServiceAsk.HintUse.AUTO
        && endpoints.anyReady()
        && endpoints.hintCover() != PortEndpoints.HintCover.COMPLETE;
  }
}
