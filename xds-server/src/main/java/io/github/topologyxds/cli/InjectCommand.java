package io.github.topologyxds.cli;

import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.cli.exit.CommandFailure;
import io.github.topologyxds.cli.flags.BootstrapOptions;
import io.github.topologyxds.cli.flags.RedirectFlags;
import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.cli.values.KubeVersion;
import io.github.topologyxds.inject.InjectMode;
import io.github.topologyxds.inject.InjectSettings;
import io.github.topologyxds.inject.Injection;
import io.github.topologyxds.inject.InjectionRefused;
import io.github.topologyxds.inject.SidecarCredentials;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.redirect.RedirectRules;
import io.github.topologyxds.source.files.Manifests;
import io.github.topologyxds.state.SourceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code topology-xds inject}: prints workloads with a sidecar in them. */
@Command(
    name = "inject",
    description =
        "Prints workloads with a sidecar put into them: Deployments, StatefulSets, DaemonSets, Jobs,"
            + " CronJobs, Pods and Lists of them. All else stays as it is written, comments and all.",
    footer = {
      "",
      "Examples:",
      "  topology-xds inject -f shop.yaml --xds topology-xds.infra.svc.cluster.local:18000",
      "    --service-cidrs 10.96.0.0/12 --tls-secret shop-tls --token-audience topology-xds",
      "    | kubectl apply -f -",
      "  kustomize build shop | topology-xds inject -f - --mode explicit --xds xds.infra.svc:18000"
    })
final class InjectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "-f",
      converter = InputPath.class,
      required = true,
      paramLabel = "FILE",
      description = "File of Kubernetes YAML, or - for standard input.")
  private Path file = Manifests.STANDARD_INPUT;

  @Option(
      names = "--mode",
      converter = Mode.class,
      completionCandidates = Mode.class,
      defaultValue = "nft",
      paramLabel = "MODE",
      description = {
        "nft, iptables: the kernel brings connections to Envoy; an init container with NET_ADMIN sees to",
        "it. explicit: applications that follow http_proxy send them (default: ${DEFAULT-VALUE})."
      })
  private InjectMode mode = InjectMode.NFT;

  @Option(
      names = "--xds",
      converter = BootstrapOptions.Xds.class,
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where topology-xds listens, as Pods reach it.")
  private XdsAddress xds = XdsAddress.DEFAULT;

  @Mixin private RedirectFlags redirect = new RedirectFlags();

  @Option(
      names = "--services",
      converter = BootstrapOptions.Service.class,
      split = ",",
      paramLabel = "NS/SERVICE",
      description = "Services that are loaded before they are used, NS/SERVICE or NS/*.")
  private List<String> services = List.of();

  @ArgGroup(exclusive = false)
  private @Nullable Credentials credentials;

  @Option(
      names = "--envoy-image",
      converter = BootstrapOptions.Name.class,
      defaultValue = InjectSettings.Images.ENVOY,
      paramLabel = "IMAGE",
      description = "Has envoy and bash (default: ${DEFAULT-VALUE}).")
  private String envoyImage = InjectSettings.Images.ENVOY;

  @Option(
      names = "--redirect-image",
      converter = BootstrapOptions.Name.class,
      defaultValue = InjectSettings.Images.REDIRECT,
      paramLabel = "IMAGE",
      description =
          "Has nft; for --mode iptables sh, iptables-restore and ip6tables-restore (default:"
              + " ${DEFAULT-VALUE}).")
  private String redirectImage = InjectSettings.Images.REDIRECT;

  @Option(
      names = "--kube-version",
      converter = KubeVersion.Option.class,
      paramLabel = "VERSION",
      description = "Of the cluster; before 1.29 there are no native sidecars.")
  private @Nullable KubeVersion kubeVersion;

  @Override
  public Integer call() {
    if (kubeVersion != null && !kubeVersion.hasNativeSidecars()) {
      throw new CommandFailure(
          "Kubernetes "
              + kubeVersion
              + " has no native sidecars: inject needs 1.29 or newer; use bootstrap and a container of"
              + " your own");
    }
    InjectSettings settings =
        new InjectSettings(
            mode,
            rules(),
            xds,
            services,
            Optional.ofNullable(credentials).map(Credentials::all),
            new InjectSettings.Images(envoyImage, redirectImage));
    try {
      report(Injection.of(read(), settings));
    } catch (InjectionRefused e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    }
    return 0;
  }

  private RedirectRules rules() {
    Capture capture = mode == InjectMode.EXPLICIT ? new Capture.All() : redirect.capture();
    return new RedirectRules(
        capture,
        RedirectRules.DEFAULT_PROXY_UID,
        InjectSettings.LISTENER_PORT,
        redirect.excludedCidrs(),
        redirect.excludedPorts());
  }

  private String read() {
    try {
      return Manifests.text(file);
    } catch (SourceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void report(Injection injection) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(injection.text());
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    injection.injected().forEach(name -> err.println("injected: " + name));
    injection.left().forEach(name -> err.println("has its sidecar already: " + name));
    if (injection.injected().isEmpty() && injection.left().isEmpty()) {
      err.println("no workload in " + file);
    }
    err.flush();
  }

  /** A token is shown over TLS alone. */
  static final class Credentials {
    @Option(
        names = "--tls-secret",
        converter = SecretName.class,
        required = true,
        paramLabel = "NAME",
        description =
            "Secret of each workload's namespace with ca.crt, tls.crt and tls.key, for mTLS; Envoy follows"
                + " it when it is rotated.")
    private String tlsSecret = "";

    @Option(
        names = "--token-audience",
        converter = BootstrapOptions.Name.class,
        paramLabel = "A",
        description =
            "Show a token of the Pod's service account for this audience, as serve --authenticate asks"
                + " for (its --audience, topology-xds by default). Needs Envoy 1.37.")
    private @Nullable String audience;

    SidecarCredentials all() {
      return new SidecarCredentials(tlsSecret, Optional.ofNullable(audience));
    }
  }

  static final class SecretName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!DnsSubdomain.isValid(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no Secret's name (a-z, 0-9, -, ., at most 253 characters)");
      }
      return text;
    }
  }

  static final class Mode extends Choice<InjectMode> {
    Mode() {
      super(InjectMode.values(), InjectMode::label);
    }
  }
}
