package io.github.topologyxds.xds.ondemand;

import com.github.xds.core.v3.CidrRange;
import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.topology.address.Cidr;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which chain of a sidecar's listener takes a connection, by where it was going. The most specific
 * range that says something about the port wins: Envoy goes on to the next larger one when the
 * matcher behind a range finds nothing. So an exception names its own ports and no others.
 */
final class DestinationMatcher {
  private static final int BITS_IPV4 = 32;
  private static final int BITS_IPV6 = 128;

  private final Family family;
  private final IPMatcher.Builder ranges = IPMatcher.newBuilder();

  /** Knows no range of this family yet. */
  DestinationMatcher(Family family) {
    this.family = family;
  }

  /** A connection to the listener itself goes to this chain. */
  DestinationMatcher itself(String address, int port, String chain) {
    ranges.addRangeMatchers(
        IPRangeMatcher.newBuilder()
            .addRanges(single(address))
            .setOnMatch(
                OnMatch.newBuilder()
                    .setMatcher(
                        Matcher.newBuilder()
                            .setMatcherTree(
                                byPort(
                                    MatchMap.newBuilder()
                                        .putMap(Integer.toString(port), chain(chain))
                                        .build())))));
    return this;
  }

  /** Connections into these ranges are Services'. */
  DestinationMatcher services(Iterable<Cidr> cidrs, Iterable<Integer> httpPorts) {
    IPRangeMatcher.Builder range = IPRangeMatcher.newBuilder();
    for (Cidr cidr : cidrs) {
      if (cidr.family() == family) {
        range.addRanges(range(cidr.address(), cidr.length()));
      }
    }
    if (range.getRangesCount() == 0) {
      return this;
    }
    SortedMap<Integer, ListenerChain> http = new TreeMap<>();
    httpPorts.forEach(number -> http.put(number, ListenerChain.HTTP));
    OnMatch tcp = chain(ListenerChain.TCP.chainName());
    if (http.isEmpty()) {
      ranges.addRangeMatchers(range.setOnMatch(tcp));
      return this;
    }
    Matcher matcher =
        Matcher.newBuilder().setMatcherTree(byPort(map(http))).setOnNoMatch(tcp).build();
    ranges.addRangeMatchers(range.setOnMatch(OnMatch.newBuilder().setMatcher(matcher)));
    return this;
  }

  /** Some ports of these addresses are not what they are elsewhere. */
  DestinationMatcher except(Destinations.Exceptions exceptions) {
    IPRangeMatcher.Builder range = IPRangeMatcher.newBuilder();
    for (String address : exceptions.addresses()) {
      if (isOurs(address)) {
        range.addRanges(single(address));
      }
    }
    if (range.getRangesCount() > 0) {
      ranges.addRangeMatchers(
          range.setOnMatch(
              OnMatch.newBuilder()
                  .setMatcher(
                      Matcher.newBuilder().setMatcherTree(byPort(map(exceptions.chains()))))));
    }
    return this;
  }

  /** Returns the matcher; what it does not match is for the listener's default chain. */
  Matcher build() {
    return Matcher.newBuilder()
        .setMatcherTree(
            MatcherTree.newBuilder()
                .setInput(extension("ip", DestinationIPInput.getDefaultInstance()))
                .setCustomMatch(extension("ip", ranges.build())))
        .build();
  }

  private boolean isOurs(String address) {
    return Family.of(address) == family;
  }

  private static MatchMap map(SortedMap<Integer, ListenerChain> chains) {
    MatchMap.Builder map = MatchMap.newBuilder();
    chains.forEach(
        (number, chain) -> map.putMap(Integer.toString(number), chain(chain.chainName())));
    return map.build();
  }

  private static MatcherTree byPort(MatchMap map) {
    return MatcherTree.newBuilder()
        .setInput(extension("port", DestinationPortInput.getDefaultInstance()))
        .setExactMatchMap(map)
        .build();
  }

  private static OnMatch chain(String name) {
    return OnMatch.newBuilder().setAction(extension(name, StringValue.of(name))).build();
  }

  private CidrRange single(String address) {
    return range(
        address,
        switch (family) {
          case IPV4 -> BITS_IPV4;
          case IPV6 -> BITS_IPV6;
        });
  }

  private static CidrRange range(String address, int length) {
    return CidrRange.newBuilder()
        .setAddressPrefix(address)
        .setPrefixLen(UInt32Value.of(length))
        .build();
  }

  private static TypedExtensionConfig extension(String name, Message message) {
    return TypedExtensionConfig.newBuilder()
        .setName(name)
        .setTypedConfig(Any.pack(message))
        .build();
  }
}
