package io.github.topologyxds.session.status;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.node.ServiceScope;
import java.util.Set;

/**
 * A client that is connected, and where its requests may go: one stream, as it was in one moment.
 *
 * @param id its {@code node.id}
 * @param zone that it is in; "" when nobody knows
 */
public record ClientUse(String id, String zone, Services services) {
  /** The Services that a client may use. */
  public sealed interface Services {
    /** Returns whether the client names those that it uses, and uses no others. */
    boolean choose();

    /** Returns whether the client may send requests to a Service. */
    boolean cover(ObjectName service);
  }

  /** Any: it asks for all there are. */
  public record Any() implements Services {
    @Override
    public boolean choose() {
      return false;
    }

    @Override
    public boolean cover(ObjectName service) {
      return true;
    }
  }

  /** Those that it says that it calls. */
  public record Scoped(ServiceScope scope) implements Services {
    @Override
    public boolean choose() {
      return true;
    }

    @Override
    public boolean cover(ObjectName service) {
      return scope.covers(service);
    }
  }

  /** Those that it has asked for endpoints of. */
  public record Named(Set<ObjectName> names) implements Services {
    public Named {
      names = Set.copyOf(names);
    }

    @Override
    public boolean choose() {
      return true;
    }

    @Override
    public boolean cover(ObjectName service) {
      return names.contains(service);
    }
  }
}
