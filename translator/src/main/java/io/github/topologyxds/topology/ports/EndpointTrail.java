package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;

/**
 * Is told what becomes of each endpoint while they are put together. For a push nobody listens:
 * what is said here is looked for only when somebody asks why ({@code PortTrail}).
 */
public interface EndpointTrail {
  /** Nobody listens. */
  EndpointTrail NONE =
      new EndpointTrail() {
        @Override
        public void used(UsableEndpoint endpoint, ObjectName slice) {}

        @Override
        public void leftOut(Omission omission) {}
      };

  /** An endpoint takes part; it comes from this slice. */
  void used(UsableEndpoint endpoint, ObjectName slice);

  /** An endpoint, or a whole slice, takes no part. */
  void leftOut(Omission omission);
}
