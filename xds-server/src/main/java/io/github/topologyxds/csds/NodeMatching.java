package io.github.topologyxds.csds;

import io.envoyproxy.envoy.type.matcher.v3.NodeMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StructMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.session.status.ConnectedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which clients a request asks for: those of any of its matchers, all without one. A matcher holds
 * for a client of which its id and all its metadata hold; of a client's metadata only what routing
 * needs is kept, so nothing else can be asked for.
 */
final class NodeMatching {
  /** What is kept of a client's metadata. */
  private static final Map<String, Function<ConnectedClient, String>> METADATA =
      new TreeMap<>(
          Map.of(
              "NODE_NAME",
              client -> client.place().nodeName(),
              "NAMESPACE",
              ConnectedClient::namespace));

  private NodeMatching() {}

  /**
   * Returns what the matchers say together.
   *
   * @throws InvalidMatcherException when one of them cannot be held against clients
   */
  static Predicate<ConnectedClient> of(List<NodeMatcher> matchers) throws InvalidMatcherException {
    if (matchers.isEmpty()) {
      return client -> true;
    }
    Predicate<ConnectedClient> any = client -> false;
    for (NodeMatcher matcher : matchers) {
      any = any.or(of(matcher));
    }
    return any;
  }

  private static Predicate<ConnectedClient> of(NodeMatcher matcher) throws InvalidMatcherException {
    Predicate<ConnectedClient> all = client -> true;
    if (matcher.hasNodeId()) {
      Predicate<String> id = StringMatching.of(matcher.getNodeId());
      all = client -> id.test(client.id());
    }
    for (StructMatcher metadata : matcher.getNodeMetadatasList()) {
      all = all.and(of(metadata));
    }
    return all;
  }

  private static Predicate<ConnectedClient> of(StructMatcher matcher)
      throws InvalidMatcherException {
    List<String> path = new ArrayList<>();
    matcher.getPathList().forEach(segment -> path.add(segment.getKey()));
    String key = String.join(".", path);
    Function<ConnectedClient, String> value = METADATA.get(key);
    if (value == null) {
      throw new InvalidMatcherException(
          "metadata '"
              + Finding.quote(key)
              + "' is not kept of clients; there are "
              + String.join(", ", METADATA.keySet()));
    }
    Predicate<String> expected = of(matcher.getValue());
    return client -> !value.apply(client).isEmpty() && expected.test(value.apply(client));
  }

  /** What is kept are strings: a number or a list is none of them. */
  private static Predicate<String> of(ValueMatcher matcher) throws InvalidMatcherException {
    return switch (matcher.getMatchPatternCase()) {
      case STRING_MATCH -> StringMatching.of(matcher.getStringMatch());
      case PRESENT_MATCH -> value -> matcher.getPresentMatch();
      case OR_MATCH -> {
        Predicate<String> any = value -> false;
        for (ValueMatcher one : matcher.getOrMatch().getValueMatchersList()) {
          any = any.or(of(one));
        }
        yield any;
      }
      case NULL_MATCH, DOUBLE_MATCH, BOOL_MATCH, LIST_MATCH -> value -> false;
      case MATCHPATTERN_NOT_SET -> throw new InvalidMatcherException("a value matcher is empty");
    };
  }
}
