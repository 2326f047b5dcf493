package io.github.topologyxds.session;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.session.status.ClientUse;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which Services the client of a stream may send requests to, by what it asks for. */
public final class ServiceUse {
  private ServiceUse() {}

  /** Returns it, as it is now; on the stream's thread. */
  public static ClientUse of(ClientSession session) {
    SessionView view = session.view();
    ClientResources resources = view.resources();
    return new ClientUse(session.client().id(), resources.place().zone(), services(view));
  }

  private static ClientUse.Services services(SessionView view) {
    ServiceScope scope = view.resources().scope();
    if (!scope.isAll()) {
      return new ClientUse.Scoped(scope);
    }
    boolean all =
        !view.resources().isOnDemand()
            && view.any(ResourceType::isWarming, Subscription::isWildcard);
    return all ? new ClientUse.Any() : new ClientUse.Named(named(view));
  }

  private static Set<ObjectName> named(SessionView view) {
    Set<ObjectName> named = new HashSet<>();
    view.subscriptions().forEach((type, subscription) -> {
      if (type.isAwaited()) {
        subscription.held().names().stream()
            .map(ResourceNames::service)
            .flatMap(Optional::stream)
            .forEach(named::add);
      }
    });
    return named;
  }
}
