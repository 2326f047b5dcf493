package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** The Deployment fits the program that it starts and the image that the build makes. */
class ServedAsDeployedTest {
  private static final BigDecimal MEBI = BigDecimal.valueOf(1024 * 1024L);

  @TempDir private Path folder = Path.of("");

  @Test
  void itsArgumentsAreTakenAndItsPortsAreTheDefaultOnes() throws IOException {
    ParseResult serve = RootCommand.commandLine().parseArgs(arguments()).subcommand();

    assertThat(serve.commandSpec().name()).isEqualTo("serve");
    assertThat(serve.hasMatchedOption("--kubernetes")).isTrue();
    assertThat(ports())
        .isEqualTo(Map.of("grpc-xds", port(serve, "--listen"), "admin", port(serve, "--admin")));
    assertThat(List.of("--listen", "--admin"))
        .allSatisfy(flag ->
            assertThat(serve.commandSpec().findOption(flag).defaultValue())
                .endsWith(":" + port(serve, flag)));
  }

  @Test
  void theServiceAndTheNetworkPolicyOpenThosePorts() throws IOException {
    ServicePort xds = DeployFolder.only(Service.class).getSpec().getPorts().getFirst();

    assertThat(xds.getName()).isEqualTo("grpc-xds");
    assertThat(xds.getTargetPort().getStrVal()).isEqualTo("grpc-xds");
    // Headless: nothing translates the port.
    assertThat(xds.getPort()).isEqualTo(ports().get("grpc-xds"));
    assertThat(DeployFolder.only(NetworkPolicy.class).getSpec().getIngress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactlyInAnyOrderElementsOf(ports().values());
  }

  @Test
  void theProbesAskForWhatTheAdminPortServes() throws Exception {
    Container container = container();
    List<HTTPGetAction> probes =
        Stream.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe())
            .map(probe -> probe.getHttpGet())
            .toList();

    assertThat(probes).extracting(HTTPGetAction::getPath).contains("/livez", "/readyz");
    assertThat(probes)
        .allSatisfy(probe -> assertThat(probe.getPort().getStrVal()).isEqualTo("admin"));
    try (ControlPlane controlPlane = controlPlane();
        HttpClient client = HttpClient.newHttpClient()) {
      for (HTTPGetAction probe : probes) {
        URI uri = URI.create("http://127.0.0.1:" + controlPlane.adminPort() + probe.getPath());
        int status =
            client
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
        assertThat(status).as(probe.getPath()).isIn(200, 503);
      }
    }
  }

  @Test
  void theImageIsTheOneOfTheBuild() throws IOException {
    String parent = Files.readString(Path.of("..", "pom.xml"));
    String name = first(parent, "<image.name>(.+)</image.name>");
    String version =
        first(parent, "<artifactId>topology-xds</artifactId>\\s*<version>(.+)</version>");

    assertThat(container().getImage()).isEqualTo(name + ":" + version);
    assertThat(Files.readString(Path.of("..", "dist", "pom.xml")))
        .contains("<image>${image.name}:${project.version}</image>")
        .contains("<user>%d:%d</user>".formatted(pod().getRunAsUser(), pod().getRunAsGroup()));
  }

  @Test
  void heapAndBuffersFitIntoTheMemory() throws IOException {
    String options =
        container().getEnv().stream()
            .filter(variable -> variable.getName().equals("JDK_JAVA_OPTIONS"))
            .map(variable -> variable.getValue())
            .collect(Collectors.joining());
    BigDecimal heap = new BigDecimal(first(options, "-Xmx([0-9]+)m")).multiply(MEBI);

    assertThat(container().getResources().getLimits())
        .hasEntrySatisfying(
            "memory",
            limit ->
                assertThat(limit.getNumericalAmount())
                    .isGreaterThanOrEqualTo(heap.multiply(BigDecimal.TWO)));
    assertThat(container().getResources().getRequests()).containsKeys("cpu", "memory");
  }

  private ControlPlane controlPlane() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return ControlPlane.start(
        new ServeSettings(
            new SourceSettings.Folder(folder), anyPort, anyPort, RoutingOptions.DEFAULT));
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static int port(ParseResult serve, String flag) {
    InetSocketAddress address = serve.matchedOptionValue(flag, new InetSocketAddress(0));
    return address.getPort();
  }

  private static Map<String, Integer> ports() throws IOException {
    return container().getPorts().stream()
        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
  }

  private static String[] arguments() throws IOException {
    return container().getArgs().toArray(new String[0]);
  }

  private static PodSecurityContext pod() throws IOException {
    return DeployFolder.only(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getSecurityContext();
  }

  private static Container container() throws IOException {
    List<Container> containers =
        DeployFolder.only(Deployment.class).getSpec().getTemplate().getSpec().getContainers();
    assertThat(containers).hasSize(1);
    return containers.getFirst();
  }
}
