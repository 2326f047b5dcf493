package io.github.topologyxds.cli;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.LoadReporting;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.cli.flags.BootstrapOptions;
import io.github.topologyxds.cli.flags.BootstrapTlsFlags;
import io.github.topologyxds.cli.values.FamilyOption;
import io.github.topologyxds.cli.values.NamespaceName;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topology-xds bootstrap}: prints the file that a client starts with. */
@Command(
    name = "bootstrap",
    description =
        "Prints an Envoy bootstrap: a file of envoy-configs with your values put in; or, with --kind"
            + " grpc, the file that GRPC_XDS_BOOTSTRAP names for applications without a proxy.",
    footer = {
      "",
      "Examples:",
      "  topology-xds bootstrap --kind sidecar --node node-a > envoy.yaml && envoy -c envoy.yaml",
      "  topology-xds bootstrap --kind gateway --node node-a --listener-port 8080 --xds xds:18000",
      "  topology-xds bootstrap --kind sidecar --node node-a --xds xds:18000 --tls-ca ca.crt",
      "    --tls-cert tls.crt --tls-key tls.key",
      "  topology-xds bootstrap --kind grpc --node node-a --xds xds:18000 > grpc.json",
      "  topology-xds bootstrap --kind sidecar --node node-a --xds xds:18000 --tls-ca /tls/ca.crt",
      "    --token-file /var/run/secrets/topology-xds/token --out /etc/envoy",
      "",
      "In a pod: --node \"$NODE_NAME\" --namespace \"$NAMESPACE\", from the downward API."
    })
final class BootstrapCommand implements Callable<Integer> {
  /** A gRPC library has no ports of its own, and chooses the variant of the protocol itself. */
  private static final List<String> AN_ENVOYS =
      List.of("--admin-port", "--listener-port", "--protocol", "--out", "--no-load-reports");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kind",
      required = true,
      converter = BootstrapOptions.Kind.class,
      completionCandidates = BootstrapOptions.Kind.class,
      paramLabel = "KIND",
      description = {
        "sidecar: listener, routes, clusters and endpoints come from topology-xds;",
        "gateway: clusters and endpoints do; eds-only: endpoints alone do;",
        "grpc: for a gRPC library that needs no Envoy."
      })
  private BootstrapKind kind = BootstrapKind.SIDECAR;

  @Option(
      names = "--node",
      required = true,
      converter = BootstrapOptions.NodeName.class,
      paramLabel = "NODE",
      description = "Kubernetes Node that Envoy runs on; the server takes the zone from it.")
  private String node = "";

  @Option(
      names = "--zone",
      converter = BootstrapOptions.PlaceName.class,
      paramLabel = "ZONE",
      description = "Only for an Envoy whose Node the server does not know.")
  private @Nullable String zone;

  @Option(
      names = "--region",
      converter = BootstrapOptions.PlaceName.class,
      paramLabel = "REGION",
      description = "Only for an Envoy whose Node the server does not know.")
  private @Nullable String region;

  @Option(
      names = "--namespace",
      converter = NamespaceName.class,
      defaultValue = ProxyNode.DEFAULT_NAMESPACE,
      paramLabel = "NS",
      description = "Namespace of the client (default: ${DEFAULT-VALUE}).")
  private String namespace = ProxyNode.DEFAULT_NAMESPACE;

  @Option(
      names = "--family",
      converter = FamilyOption.class,
      completionCandidates = FamilyOption.class,
      paramLabel = "F",
      description =
          "IPv4 or IPv6: endpoints of dual-stack Services (default: each Service's primary"
              + " family).")
  private @Nullable Family family;

  @Option(
      names = "--services",
      converter = BootstrapOptions.Service.class,
      split = ",",
      paramLabel = "NS/SERVICE",
      description = {
        "The Services that a sidecar or gateway calls, NS/SERVICE or NS/*; it then loads",
        "no others (default: every Service)."
      })
  private List<String> services = List.of();

  @Option(
      names = "--xds",
      converter = BootstrapOptions.Xds.class,
      defaultValue = "127.0.0.1:18000",
      paramLabel = "HOST:PORT",
      description =
          "Where topology-xds listens: a name, an IPv4 or a [bracketed] IPv6 address (default:"
              + " ${DEFAULT-VALUE}).")
  private XdsAddress xds = XdsAddress.DEFAULT;

  @Option(
      names = "--admin-port",
      converter = BootstrapOptions.Port.class,
      defaultValue = "15000",
      paramLabel = "P",
      description = "Envoy's admin port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int adminPort;

  @Option(
      names = "--listener-port",
      converter = BootstrapOptions.Port.class,
      defaultValue = "15001",
      paramLabel = "P",
      description =
          "Where Envoy takes requests; eds-only takes TCP on the next port (default:"
              + " ${DEFAULT-VALUE}).")
  private int listenerPort;

  @Option(
      names = "--protocol",
      converter = BootstrapOptions.Protocol.class,
      completionCandidates = BootstrapOptions.Protocol.class,
      defaultValue = "delta",
      paramLabel = "PROTOCOL",
      description = "delta or sotw (default: ${DEFAULT-VALUE}).")
  private XdsProtocol protocol = XdsProtocol.DELTA;

  @ArgGroup(exclusive = false)
  private @Nullable BootstrapTlsFlags tls;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write envoy.yaml into this folder, and beside it the files through which Envoy follows"
              + " the CA, its certificate and its token when they are rotated.")
  private @Nullable Path out;

  @Option(
      names = "--all-services",
      description = {
        "A sidecar loads every Service before it is used (or those of --services), as with",
        "--protocol sotw. Without this each comes when something goes there, and takes Envoy 1.36.2",
        "or newer and replicas of topology-xds that all know of it."
      })
  private boolean allServices;

  @Option(
      names = "--no-load-reports",
      description = "Envoy does not report how many requests it sent to which zone.")
  private boolean noLoadReports;

  @Override
  public Integer call() {
    if (kind != BootstrapKind.GRPC && tls != null && tls.hasToken() && out == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--token-file needs --out DIR: Envoy follows it through a file there");
    }
    BootstrapSettings settings = settings();
    if (out == null) {
      PrintWriter console = spec.commandLine().getOut();
      console.print(BootstrapTemplate.render(settings));
      console.flush();
    } else {
      List<Path> written = BootstrapFolder.write(out, settings);
      PrintWriter console = spec.commandLine().getErr();
      written.forEach(file -> console.println("wrote " + file));
      console.flush();
    }
    return 0;
  }

  private BootstrapSettings settings() {
    if (kind == BootstrapKind.GRPC) {
      refuseWhatIsAnEnvoys();
    }
    if (allServices && kind != BootstrapKind.SIDECAR) {
      throw new ParameterException(
          spec.commandLine(), "--all-services: only sidecars can be without; use --kind sidecar");
    }
    try {
      return new BootstrapSettings(
          kind,
          new ProxyNode(node, namespace, region, zone, family, services),
          xds,
          new ProxyPorts(adminPort, listenerPort),
          protocol,
          tls == null ? null : tls.tls(Optional.ofNullable(out)),
          noLoadReports ? LoadReporting.OFF : LoadReporting.ON,
          allServices ? SidecarShape.ALL_SERVICES : SidecarShape.ON_DEMAND);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void refuseWhatIsAnEnvoys() {
    for (String flag : AN_ENVOYS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
        throw new ParameterException(
            spec.commandLine(),
            flag
                + ": an Envoy's; --kind grpc takes --node, --namespace, --zone, --region, --family,"
                + " --xds, --tls-ca, --tls-cert, --tls-key and --token-file");
      }
    }
  }
}
