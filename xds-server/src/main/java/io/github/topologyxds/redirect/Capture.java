package io.github.topologyxds.redirect;

import io.github.topologyxds.topology.address.Cidr;
import java.util.List;

/** Which TCP connections are brought to the sidecar. */
public sealed interface Capture {
  /**
   * Those to Services: an Envoy that is dead closes no other way out.
   *
   * @param cidrs where Services are, at least one range
   */
  record Services(List<Cidr> cidrs) implements Capture {
    public Services {
      cidrs = List.copyOf(cidrs);
    }
  }

  /** All; what is no Service's passes through Envoy. */
  record All() implements Capture {}
}
