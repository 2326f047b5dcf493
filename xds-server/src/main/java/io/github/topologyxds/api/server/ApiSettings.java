package io.github.topologyxds.api.server;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How the API is served.
 *
 * @param address where it listens; port 0 takes a free one
 * @param hosts what a request's Host may name beside loopback and literal IPs
 */
public record ApiSettings(InetSocketAddress address, List<String> hosts) {
  public ApiSettings {
    hosts = List.copyOf(hosts);
  }
}
