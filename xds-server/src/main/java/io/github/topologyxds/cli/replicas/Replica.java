package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.Outcome;
import io.github.topologyxds.kubernetes.PodTunnel;
import java.net.URI;
import java.util.Map;

/** One replica of a Deployment, and the way to its API. */
public final class Replica implements AutoCloseable {
  private final String name;
  private final int port;
  private final PodTunnel tunnel;
  private final OneServer server;

  /**
   * Is asked through a tunnel, which is closed with it.
   *
   * @param name {@code NAMESPACE/POD}
   * @param port of the API in the Pod
   */
  public Replica(String name, int port, PodTunnel tunnel) {
    this.name = name;
    this.port = port;
    this.tunnel = tunnel;
    this.server = new OneServer(URI.create("http://127.0.0.1:" + tunnel.port()));
  }

  String name() {
    return name;
  }

  /** As {@link OneServer#ask}, with the reason why the way to it is closed. */
  Outcome ask(String path, Map<String, String> parameters) {
    return explained(server.ask(path, parameters));
  }

  /** As {@link OneServer#items}. */
  OneServer.Items items(String path, Map<String, String> parameters) {
    OneServer.Items items = server.items(path, parameters);
    return new OneServer.Items(items.items(), explained(items.end()));
  }

  /** Returns when it has ended, or the way to it. */
  void watch(String path, Runnable task) {
    server.watch(path, task);
  }

  /** The address on loopback tells nobody anything. */
  private Outcome explained(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var reason) -> new Outcome.Failed(why());
      case Outcome.Answered answered -> answered;
      case Outcome.Refused refused -> refused;
    };
  }

  private String why() {
    return tunnel
        .failure()
        .map(failure ->
            switch (failure.status()) {
              case 403 ->
                  "the API server answers 403 Forbidden: the account needs get and create on"
                      + " pods/portforward in namespace "
                      + name.substring(0, name.indexOf('/'));
              default -> "the API server " + failure.getMessage();
            })
        .orElse("no API of topology-xds answers at its port " + port + " (serve --api)");
  }

  @Override
  public void close() {
    server.close();
    tunnel.close();
  }
}
