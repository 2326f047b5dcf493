package io.github.topologyxds.demo.network;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The network namespace of this process made into that of a Pod: an interface with an address of
 * each family and a default route, to another namespace that is the rest of the world.
 */
public final class PodNetwork {
  /** The Pod's address of IPv4. */
  public static final String ADDRESS = "10.244.0.2";

  /** The Pod's address of IPv6. */
  public static final String ADDRESS_IPV6 = "fd00:244::2";

  /** The first address of the rest of the world: what is sent from there to the Pod is from it. */
  public static final String OUTSIDE = "10.244.0.1";

  /** The same of IPv6. */
  public static final String OUTSIDE_IPV6 = "fd00:244::1";

  private final long outside;

  private PodNetwork(long outside) {
    this.outside = outside;
  }

  /**
   * Makes it so.
   *
   * @param outside process that is in the namespace of the rest of the world
   */
  public static PodNetwork connect(long outside) throws IOException {
    PodNetwork network = new PodNetwork(outside);
    ip("link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", outside + "");
    // Without nodad an IPv6 address is tried for a second before it can be used.
    network.there("ip", "address", "add", OUTSIDE + "/24", "dev", "eth0");
    network.there("ip", "address", "add", OUTSIDE_IPV6 + "/64", "dev", "eth0", "nodad");
    network.there("ip", "link", "set", "eth0", "up");
    ip("address", "add", ADDRESS + "/24", "dev", "eth0");
    ip("address", "add", ADDRESS_IPV6 + "/64", "dev", "eth0", "nodad");
    ip("link", "set", "eth0", "up");
    ip("route", "add", "default", "via", OUTSIDE);
    ip("-6", "route", "add", "default", "via", OUTSIDE_IPV6);
    return network;
  }

  /** Gives the rest of the world an address. */
  public void outsideHas(String address) throws IOException {
    String[] ipv4 = {"ip", "address", "add", address + "/32", "dev", "lo"};
    String[] ipv6 = {"ip", "address", "add", address + "/128", "dev", "lo", "nodad"};
    there(address.indexOf(':') < 0 ? ipv4 : ipv6);
  }

  /** Takes the Pod's addresses of IPv4, and its way out. */
  public void withoutIpv4() throws IOException {
    ip("-4", "address", "flush", "dev", "eth0");
  }

  /** Switches IPv6 off, for loopback too, as kernels are configured that have none. */
  public void withoutIpv6() throws IOException {
    Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6"), "1");
  }

  /** Puts the rules into force, as the init container of a Pod does. */
  public void redirect(RedirectRules rules, RedirectMode mode) throws IOException {
    Path file = Files.writeString(Files.createTempFile("redirect", ""), rules.text(mode));
    switch (mode) {
      case NFT -> Command.of("nft", "-f", file.toString()).run();
      case IPTABLES -> {
        Command.of("iptables-restore", "--noflush", file.toString()).run();
        Command.of("ip6tables-restore", "--noflush", file.toString()).run();
      }
    }
    Files.delete(file);
  }

  /**
   * Returns a program that starts Envoy as a user of its own. It may read files of others: the
   * binary and the bootstrap can be root's. It ends with the thread that starts it, even where
   * nobody can end it in good order.
   *
   * @param folder that the program is written into
   */
  public static EnvoyBinary asProxy(EnvoyBinary envoy, int uid, Path folder) throws IOException {
    Path program = folder.resolve("envoy-as-" + uid);
    Files.writeString(
        program,
        """
        #!/bin/sh
        exec setpriv --pdeathsig=KILL --reuid=%d --regid=%d --clear-groups --inh-caps=-all,+dac_read_search \\
          --ambient-caps=+dac_read_search '%s' "$@"
        """
            .formatted(uid, uid, envoy.path()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new EnvoyBinary(program);
  }

  private void there(String... words) throws IOException {
    String[] all = new String[words.length + 4];
    System.arraycopy(new String[] {"nsenter", "--target", outside + "", "--net"}, 0, all, 0, 4);
    System.arraycopy(words, 0, all, 4, words.length);
    Command.of(all).run();
  }

  private static void ip(String... words) throws IOException {
    String[] all = new String[words.length + 1];
    all[0] = "ip";
    System.arraycopy(words, 0, all, 1, words.length);
    Command.of(all).run();
  }
}
