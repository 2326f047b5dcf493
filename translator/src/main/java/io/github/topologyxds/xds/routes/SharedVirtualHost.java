package io.github.topologyxds.xds.routes;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.github.topologyxds.xds.resource.EnvoyValidity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service port, or its Pods, with the domains that it got, and its virtual host for clients of
 * other namespaces. That is serialised when a client first asks for routes: where all sidecars have
 * their clusters on demand, none ever does. Any thread.
 */
final class SharedVirtualHost {
  private final RoutedHost of;
  private final List<String> domains;

  /** Two threads may make it at once, and make the same; null: nobody has asked. */
  private volatile @Nullable ByteString bytes;

  /**
   * Takes what Envoy takes with these domains.
   *
   * @param domains none: it has no virtual host
   */
  SharedVirtualHost(RoutedHost of, List<String> domains) {
    this.of = of;
    this.domains = List.copyOf(domains);
  }

  /** Returns whose domains they are. */
  RoutedHost of() {
    return of;
  }

  /** Returns the domains that it got. */
  List<String> domains() {
    return domains;
  }

  /** Returns the virtual host, serialised; empty without domains. */
  ByteString bytes() {
    ByteString known = bytes;
    if (known == null) {
      known = message(domains).map(VirtualHost::toByteString).orElse(ByteString.EMPTY);
      bytes = known;
    }
    return known;
  }

  /** Returns the virtual host; empty without domains. */
  Optional<VirtualHost> message() {
    return message(domains);
  }

  /** Returns it with these domains; what Envoy would refuse stays as it is for others. */
  Optional<VirtualHost> with(List<String> these) {
    return message(these)
        .filter(host -> EnvoyValidity.violation(host).isEmpty())
        .or(() -> these.isEmpty() ? Optional.empty() : message(domains));
  }

  private Optional<VirtualHost> message(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(of.virtualHost(names));
  }
}
