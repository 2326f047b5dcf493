package io.github.topologyxds.resources.node;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that one sidecar on demand has asked for and that are no Service's. Each is a cluster
 * at its Envoy, which never forgets one (26 kB and more, measured), so that there are limits; a
 * name beyond them is told to be gone.
 *
 * <p>Owner: the stream's thread.
 */
public final class UnknownNames {
  /** An application that makes up hosts must not fill its Envoy. */
  static final int HOSTS = 400;

  /** Addresses within the Service CIDRs: there are as many as its application connects to. */
  static final int ADDRESSES = 10_000;

  private final ClientNode client;
  private final FindingRecorder findings;
  private final Set<String> hosts = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private boolean told;

  /** It has asked for none. */
  public UnknownNames(ClientNode client, FindingRecorder findings) {
    this.client = client;
    this.findings = findings;
  }

  /** Returns whether this host may have a cluster; once it has, it may. */
  public boolean admitsHost(String name) {
    return admits(hosts, name, HOSTS);
  }

  /** Returns whether this address may have a cluster; once it has, it may. */
  public boolean admitsAddress(String name) {
    boolean admitted = admits(addresses, name, ADDRESSES);
    if (!admitted && !told) {
      told = true;
      findings.replace(
          subject(),
          List.of(
              Finding.of(
                  Reason.UNKNOWN_ADDRESSES_LIMIT,
                  ObjectKey.namespace(client.namespace()),
                  "client %s connects to more than %d addresses that are no Service's; further ones fail"
                      .formatted(Finding.quote(client.id()), ADDRESSES))));
    }
    return admitted;
  }

  private static boolean admits(Set<String> names, String name, int most) {
    return names.contains(name) || (names.size() < most && names.add(name));
  }

  /** It is a Service's now. */
  public void remove(String name) {
    hosts.remove(name);
    addresses.remove(name);
  }

  /** The client is gone, and what was said of it. */
  public void close() {
    if (told) {
      findings.replace(subject(), List.of());
    }
  }

  private Subject subject() {
    return new Subject(Finder.CLIENT, client.id());
  }
}
