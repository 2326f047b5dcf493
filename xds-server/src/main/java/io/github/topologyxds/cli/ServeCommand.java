package io.github.topologyxds.cli;

import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.ClusterDomainFlag;
import io.github.topologyxds.cli.flags.NamespaceFlags;
import io.github.topologyxds.cli.flags.RoutingFlags;
import io.github.topologyxds.cli.flags.serve.ApiFlags;
import io.github.topologyxds.cli.flags.serve.SnapshotFlags;
import io.github.topologyxds.cli.flags.serve.SourceFlags;
import io.github.topologyxds.cli.flags.serve.XdsFlags;
import io.github.topologyxds.cli.values.ListenAddress;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topology-xds serve}: the control plane, until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Serves Envoys over xDS from a live cluster or a folder of Kubernetes YAML, and follows its"
            + " changes.",
    footer = {
      "",
      "Examples:",
      "  topology-xds serve --kubernetes",
      "  topology-xds serve --kubernetes --kubeconfig ~/.kube/config --context staging",
      "  topology-xds serve --kubernetes --namespaces shop,pay",
      "  topology-xds serve --kubernetes --manage-slices --external-workload-cidrs 10.20.0.0/16",
      "  topology-xds serve --files manifests/",
      "  topology-xds serve --files manifests/ --listen 0.0.0.0:18000 --insecure",
      "  topology-xds serve --kubernetes --listen 0.0.0.0:18000 --tls-cert tls.crt --tls-key tls.key",
      "    --client-ca ca.crt",
      "",
      "From a cluster it needs list and watch on services, endpointslices, nodes and namespaces, get on",
      "services and create on events (deploy/ has the roles). While the API server is away, what was",
      "known last is served on; before it was reached once, Envoys are refused, not emptied.",
      "",
      "The folder's *.yaml, *.yml and *.json are read: Services, EndpointSlices, Nodes and",
      "Namespaces, as `kubectl get -o yaml` writes them. A broken file never takes a good state away.",
      "The admin port serves /livez, /readyz and /metrics, the API who is connected and what is odd."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private static final Duration MAX_STOP = Duration.ofSeconds(9);

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup private @Nullable SourceFlags source;

  @Option(
      names = "--listen",
      converter = ListenAddress.class,
      defaultValue = "127.0.0.1:18000",
      paramLabel = "IP:PORT",
      description = "Where Envoys connect (default: ${DEFAULT-VALUE}).")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Option(
      names = "--admin",
      converter = ListenAddress.class,
      defaultValue = "127.0.0.1:18001",
      paramLabel = "IP:PORT",
      description = "Admin port (default: ${DEFAULT-VALUE}).")
  private InetSocketAddress admin = new InetSocketAddress(0);

  @Mixin private ApiFlags api = new ApiFlags();

  @Mixin private RoutingFlags routing = new RoutingFlags();

  @Mixin private NamespaceFlags namespace = new NamespaceFlags();

  @Mixin private ClusterDomainFlag dns = new ClusterDomainFlag();

  @Mixin private XdsFlags xds = new XdsFlags();

  @Mixin private SnapshotFlags snapshot = new SnapshotFlags();

  @Option(
      names = "--insecure",
      description = "Allow xDS without TLS on an address that others can reach.")
  private boolean insecure;

  @Override
  public Integer call() {
    if (!listen.getAddress().isLoopbackAddress() && !insecure && !xds.hasTls()) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen "
              + listen.getHostString()
              + " can be reached by others and has no TLS: give --tls-cert and --tls-key, say --insecure,"
              + " or listen on 127.0.0.1");
    }
    api.objection()
        .ifPresent(objection -> {
          throw new ParameterException(spec.commandLine(), objection);
        });
    if (!admin.getAddress().isLoopbackAddress()) {
      LOG.warn(
          "--admin {} can be reached by others, without TLS or login: it shows whether this server is"
              + " ready and why not, how much it serves to how many, and names of zones, namespaces"
              + " and the largest Services; no addresses of endpoints, and nothing can be changed",
          admin.getHostString());
    }
    Thread.setDefaultUncaughtExceptionHandler(ServeCommand::giveUp);
    ServeSettings settings =
        new ServeSettings(
            source().settings(),
            listen,
            admin,
            routing.options(namespace.limits()),
            dns.domain(),
            xds.settings(),
            api.settings(),
            snapshot.settings());
    try (ControlPlane controlPlane = ControlPlane.start(settings)) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "serving xDS on %s:%d, admin on %s:%d%s%n",
          listen.getHostString(),
          controlPlane.xdsPort(),
          admin.getHostString(),
          controlPlane.adminPort(),
          api.served(controlPlane.apiPort()));
      err.flush();
      awaitEnd(controlPlane);
    } catch (IOException | SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  /** Asked for here: picocli would only print the synopsis of all flags of both sources. */
  private SourceFlags source() {
    if (source == null) {
      throw new ParameterException(
          spec.commandLine(),
          "where do the Services come from? Say --kubernetes (a live cluster) or --files DIR");
    }
    if (!source.isCluster() && xds.needsCluster()) {
      throw new ParameterException(
          spec.commandLine(),
          "--authenticate needs --kubernetes, whose API server signs the tokens, or --client-ca for"
              + " certificates with a SPIFFE id");
    }
    return source;
  }

  /**
   * Out of memory, or worse: a thread that owns state has ended. A server that answers probes and
   * follows no more changes is worse than one that is started again.
   */
  private static void giveUp(Thread thread, Throwable error) {
    LOG.error("thread {} has ended; so does the server", thread.getName(), error);
    Runtime.getRuntime().halt(1);
  }

  /** Whatever hangs: the process ends before an impatient supervisor kills it. */
  private static void limit() {
    Thread.ofPlatform()
        .daemon()
        .name("stop-limit")
        .start(() -> {
          try {
            Thread.sleep(MAX_STOP);
            LOG.warn("not everything could be closed in {}", MAX_STOP);
            Runtime.getRuntime().halt(0);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Does not return: the hook holds the JVM until all is closed, and ends it. */
  private static void awaitEnd(ControlPlane controlPlane) {
    Thread hook =
        new Thread(
            () -> {
              limit();
              controlPlane.stop();
              // Being told to stop is no failure; the JVM itself would say 143.
              Runtime.getRuntime().halt(0);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    new CompletableFuture<Void>().join();
  }
}
