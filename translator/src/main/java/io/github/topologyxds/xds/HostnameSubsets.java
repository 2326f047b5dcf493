package io.github.topologyxds.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetFallbackPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector.LbSubsetSelectorFallbackPolicy;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.LuaPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.Locale;
import java.util.Map;

/**
 * How a request for {@code db-0.db} finds that Pod in the cluster of the headless Service: the
 * route's filter takes the first label of the name that was asked for, and Envoy's subset load
 * balancing the endpoint that has it (docs/decisions/0023). One cluster and one route serve any
 * number of Pods. Requests without such metadata are balanced over all endpoints, as ever.
 */
public final class HostnameSubsets {
  /** Where Envoy looks for what subsets are made of, in endpoints and in requests. */
  private static final String NAMESPACE = "envoy.lb";

  private static final String KEY = "hostname";

  private static final String FILTER = "envoy.filters.http.lua";
  private static final String SCRIPT = "pod";

  /**
   * With {@code single_host_per_subset} a subset is one pointer: 5,000 take 6 MB, whole subsets 480
   * MB and 560 ms of CPU a change. Such a subset does not look at the host's health, so what may
   * not be called by name must not carry the key.
   */
  static final LbSubsetConfig CONFIG =
      LbSubsetConfig.newBuilder()
          .setFallbackPolicy(LbSubsetFallbackPolicy.ANY_ENDPOINT)
          .addSubsetSelectors(
              LbSubsetSelector.newBuilder()
                  .addKeys(KEY)
                  .setSingleHostPerSubset(true)
                  // Nobody but the Pod that was asked for.
                  .setFallbackPolicy(LbSubsetSelectorFallbackPolicy.NO_FALLBACK))
          .build();

  /** Returns the configuration of a cluster that is one endpoint: requests need not name it. */
  static LbSubsetConfig onlyOf(String hostname) {
    return CONFIG.toBuilder()
        .setFallbackPolicy(LbSubsetFallbackPolicy.DEFAULT_SUBSET)
        .setDefaultSubset(key(hostname))
        .build();
  }

  /** Names no endpoint: what a route asks for until the filter has said more. */
  public static final Metadata NOBODY = of("");

  /** Names are compared without regard to case; a hostname is lower case, by the API's rules. */
  private static final Lua SCRIPTS =
      Lua.newBuilder()
          .putSourceCodes(
              SCRIPT,
              DataSource.newBuilder()
                  .setInlineString(
                      """
                      function envoy_on_request(handle)
                        local label = string.match(handle:headers():get(":authority"), "^[^.]+")
                        handle:streamInfo():dynamicMetadata():set("envoy.lb", "hostname", label:lower())
                      end
                      """)
                  .build())
          .build();

  /** Does nothing, but for the routes that say {@link #BY_FIRST_LABEL}. */
  static final HttpFilter HTTP_FILTER =
      HttpFilter.newBuilder().setName(FILTER).setTypedConfig(Any.pack(SCRIPTS)).build();

  /** What a route says to its filters, for the Pod whose hostname is the first label. */
  public static final Map<String, Any> BY_FIRST_LABEL =
      Map.of(FILTER, Any.pack(LuaPerRoute.newBuilder().setName(SCRIPT).build()));

  private HostnameSubsets() {}

  /** Returns the metadata of the endpoint that has this hostname. */
  static Metadata of(String hostname) {
    return Metadata.newBuilder().putFilterMetadata(NAMESPACE, key(hostname)).build();
  }

  private static Struct key(String hostname) {
    Value value = Value.newBuilder().setStringValue(hostname.toLowerCase(Locale.ROOT)).build();
    return Struct.newBuilder().putFields(KEY, value).build();
  }
}
