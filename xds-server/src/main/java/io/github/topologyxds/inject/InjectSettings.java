package io.github.topologyxds.inject;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.SidecarShape;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.redirect.RedirectRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What workloads are given.
 *
 * @param rules what is caught; explicit mode has no use for it
 * @param services loaded before they are used, {@code namespace/service} or {@code namespace/*}
 * @param credentials empty: the connection to topology-xds is plain text
 */
public record InjectSettings(
    InjectMode mode,
    RedirectRules rules,
    XdsAddress xds,
    List<String> services,
    Optional<SidecarCredentials> credentials,
    Images images) {
  /** Where Envoy takes connections, in every Pod. */
  public static final int LISTENER_PORT = 15001;

  /** The images of our containers. */
  public record Images(String envoy, String redirect) {
    /** Has bash, for the startup probe and the files of {@link SidecarCredentials}. */
    public static final String ENVOY = "envoyproxy/envoy:v1.40.0";

    /** Kubernetes' own, of kube-proxy: has nft, iptables-restore and a shell, and nothing else. */
    public static final String REDIRECT = "registry.k8s.io/build-image/distroless-iptables:v0.6.3";
  }

  public InjectSettings {
    services = List.copyOf(services);
  }

  /**
   * Returns the bootstrap without comments. Node, namespace and Pod are written as the kubelet
   * replaces them in arguments, from variables that come by the downward API.
   */
  String bootstrap() {
    BootstrapSettings settings =
        BootstrapSettings.of(
                BootstrapKind.SIDECAR,
                ProxyNode.on("$(NODE_NAME)").inNamespace("$(NAMESPACE)").calling(services))
            .withXds(xds)
            .withShape(SidecarShape.ON_DEMAND);
    BootstrapSettings secured =
        credentials.map(known -> settings.withTls(known.tls())).orElse(settings);
    return BootstrapTemplate.render(secured)
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .map(line -> line.replaceFirst(" # bootstrap: .*$", ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
