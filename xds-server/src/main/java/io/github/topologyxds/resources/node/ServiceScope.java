package io.github.topologyxds.resources.node;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Services that a client calls, by its own word ({@code metadata.SERVICES}): what it gets
 * unasked is limited to them. What it asks for by name it gets all the same; this saves memory, it
 * protects nothing.
 *
 * @param patterns {@code namespace/service} or {@code namespace/*}, sorted; none: every Service
 */
public record ServiceScope(Set<String> patterns) {
  /** Every Service. */
  public static final ServiceScope ALL = new ServiceScope(Set.of());

  private static final String KEY = "SERVICES";

  /** Instead of a name: every Service of the namespace. */
  private static final String ANY = "*";

  public ServiceScope {
    patterns = Set.copyOf(patterns);
  }

  /** Reads a node's metadata: a list of patterns, or one; what is no pattern counts as absent. */
  static ServiceScope of(Struct metadata) {
    Value value = metadata.getFieldsOrDefault(KEY, Value.getDefaultInstance());
    List<Value> listed =
        switch (value.getKindCase()) {
          case LIST_VALUE -> value.getListValue().getValuesList();
          case STRING_VALUE -> List.of(value);
          case NUMBER_VALUE, NULL_VALUE, BOOL_VALUE, STRUCT_VALUE, KIND_NOT_SET -> List.of();
        };
    Set<String> patterns = new TreeSet<>();
    for (Value pattern : listed) {
      if (ObjectName.parse(pattern.getStringValue()).isPresent()) {
        patterns.add(pattern.getStringValue());
      }
    }
    return patterns.isEmpty() ? ALL : new ServiceScope(patterns);
  }

  /** Returns whether this is no limit at all. */
  public boolean isAll() {
    return patterns.isEmpty();
  }

  /** Returns whether the client calls this Service. */
  public boolean covers(ObjectName service) {
    return isAll()
        || patterns.contains(service.toString())
        || patterns.contains(new ObjectName(service.namespace(), ANY).toString());
  }

  /** Returns the patterns that cover a Service that exists, and no other pattern does. */
  public Set<String> ofExisting(Set<String> namespaces, Set<ObjectName> services) {
    return patterns.stream()
        .filter(pattern ->
            ObjectName.parse(pattern)
                .filter(name ->
                    name.name().equals(ANY)
                        ? namespaces.contains(name.namespace())
                        : !patterns.contains(new ObjectName(name.namespace(), ANY).toString())
                            && services.contains(name))
                .isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns whether the client calls the Service of this cluster.
   *
   * @param clusterName {@code namespace/service:port}
   */
  public boolean coversCluster(String clusterName) {
    return isAll() || ResourceNames.service(clusterName).filter(this::covers).isPresent();
  }
}
