package io.github.topologyxds.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.cli.exit.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RootCommandTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                                | 'nonsense' is none of serve
          bootstrap --kind sidecar --node n --zones z             | --zone
          bootstrap                                               | --kind
          bootstrap --kind sidecar                                | --node
          bootstrap --kind mesh --node n                          | sidecar, gateway, eds-only
          bootstrap --kind sidecar --node n --protocol x          | delta, sotw
          bootstrap --kind sidecar --node n --family IPv5         | IPv4, IPv6
          bootstrap --kind sidecar --node n --services shop       | NAMESPACE/SERVICE nor NAMESPACE/*
          bootstrap --kind sidecar --node n --services shop/a,*/b | '*/b' is neither
          bootstrap --kind eds-only --node n --services shop/web  | only sidecars and gateways
          bootstrap --kind sidecar --node n --admin-port 0        | from 1 to 65535
          bootstrap --kind sidecar --node n --listener-port 99999 | from 1 to 65535
          bootstrap --kind sidecar --node n --xds nowhere         | HOST:PORT
          bootstrap --kind sidecar --node n --listener-port 15000 | must differ
          demo --preference same-zone                             | none
          version -o xml                                          | text, table, wide, json, yaml
          serve                                                   | --kubernetes (a live cluster) or --files DIR
          serve --file x                                          | did you mean --files?
          serve --kubernets                                       | did you mean --kubernetes?
          sreve                                                   | did you mean serve?
          translate -f x --nod n                                  | did you mean --node?
          bootstrap --kind sidecar --node a_b                     | is no Node's name
          bootstrap --kind sidecar --node N                       | is no Node's name
          bootstrap --kind sidecar --node n --zone a/b            | is no label value
          bootstrap --kind sidecar --node n --region a$           | is no label value
          bootstrap --kind sidecar --node n --namespace a.b       | is no namespace
          serve --files x --manage-slices                         | --kubernetes
          serve --kubernetes --managed-by me                      | --manage-slices
          serve --kubernetes --manage-slices --managed-by a/b     | at most 63 characters
          serve --kubernetes --manage-slices --max-endpoints-per-slice 0    | 1 to 1000
          serve --kubernetes --manage-slices --max-endpoints-per-slice 1001 | 1 to 1000
          serve --kubernetes --manage-slices --external-workload-cidrs 10   | no range
          serve --kubernetes --manage-slices --lease-name A       | DNS label
          slices                                                  | prune
          slices prune -o xml                                     | table, wide, json, yaml
          zones -f x -A                                           | '-A' is none of
          slices prun                                             | did you mean prune?
          explain shop/web --zne a                                | did you mean --zone?
          help explian                                            | did you mean explain?
          help slices prun                                        | did you mean prune?
          completion fish                                         | bash, zsh
          inject -f x --xds a:1 --tls-secret a_b                  | is no Secret's name
          inject -f x --xds a:1 --token-audience t                | --tls-secret
          serve --kubernetes --audience=                          | must not be empty
          serve --files x --listen nowhere                        | IP:PORT
          serve --files x --listen 0.0.0.0:0                      | --insecure
          serve --files x --preference near                       | none, same-zone, same-node
          serve --files x --not-ready drop                        | auto, omit
          serve --files x --cluster-domain *                      | DNS domain
          translate                                               | -f
          translate -f x --family IPv5                            | IPv4, IPv6
          translate -f x --service cart                           | NAMESPACE/NAME
          translate -f x -o xml                                   | json, yaml
          translate -f x --bogus | --bogus
          serve --files --bogus | --bogus
          """)
  void wrongUsageIsOneLineAndTwo(String arguments, String hint) {
    assertThat(run(arguments.split(" +"))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains(hint, "--help");
  }

  @Test
  void nothingToDoIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("bootstrap", "serve");
  }

  @Test
  void helpTeaches() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "bootstrap", "Exit codes");
    assertThat(err.toString()).isEmpty();
  }

  /** The list of commands shows what stands first in a command's description, and no more. */
  @Test
  void theListOfCommandsCutsNoSentence() {
    assertThat(RootCommand.commandLine().getSubcommands())
        .allSatisfy((name, command) ->
            assertThat(command.getCommandSpec().usageMessage().description()[0])
                .as(name)
                .endsWith("."));
  }

  /** As kubectl's users ask for it. */
  @ParameterizedTest
  @ValueSource(strings = {"explain", "slices", "slices prune", "proxies"})
  void helpOfACommandIsItsHelp(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    String byFlag = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run(("help " + command).split(" "))).isZero();
    assertThat(out).hasToString(byFlag);
    assertThat(byFlag).startsWith("Usage: topology-xds " + command);
  }

  @Test
  void theVersionIsAFlagToo() {
    assertThat(run("version")).isZero();
    assertThat(run("--version")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(6).startsWith(lines.subList(3, 6).toArray(String[]::new));
  }

  @Test
  void whatPeopleDoNotUseIsNotShown() {
    assertThat(run("--help")).isZero();
    assertThat(run()).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("completion", "zsh")).isZero();
    assertThat(out.toString() + err).contains("completion").doesNotContain("__complete");
  }

  /** The lines that kubectl reads of a plugin's completion. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expl            | explain :4
          explain --zo    | --zone :4
          explain -o      | json table wide yaml :4
          slices pr       | prune :4
          check --fail-on | error warning :4
          explain -f      | :0
          """)
  void completesForKubectl(String words, String lines) {
    String line = words.matches(".* -(o|f|-fail-on)") ? words + " " : words;
    List<String> arguments = new ArrayList<>(List.of("__complete"));
    arguments.addAll(List.of(line.split(" ", -1)));
    assertThat(run(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString().lines()).containsExactly(lines.split(" "));
  }

  @Test
  void bootstrapPrintsTheFileAlone() {
    assertThat(run("bootstrap", "--kind", "gateway", "--node", "n1", "--xds", "xds:1")).isZero();
    assertThat(out.toString()).contains("# Envoy as a gateway", "NODE_NAME: \"n1\"", "STRICT_DNS");
    assertThat(err.toString()).isEmpty();
  }

  /** Half of the time of a short command went into the flags of the others. */
  @Test
  void aRunMakesTheCommandThatItNamesAlone() {
    assertThat(RootCommand.commandLine(List.of("version", "-h")).getSubcommands())
        .containsOnlyKeys("version");
    assertThat(RootCommand.commandLine(List.of("sreve")).getSubcommands().keySet())
        .isEqualTo(RootCommand.commandLine().getSubcommands().keySet())
        .isEqualTo(RootCommand.commandLine(List.of()).getSubcommands().keySet());
  }

  @Test
  void versionInBothForms() {
    assertThat(run("version")).isZero();
    assertThat(run("version", "-o", "json")).isZero();
    assertThat(out.toString()).contains("topology-xds ", "\"version\":", "\"envoyApi\":");
  }

  @Test
  void aTlsFileThatIsNotThereIsOneLineAndOne() {
    assertThat(run("serve", "--files", ".", "--tls-cert", "no.crt", "--tls-key", "no.key"))
        .isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("topology-xds serve: File no.crt: there is no such file");
  }

  @Test
  void aKubeconfigThatLeadsNowhereIsOneLineAndOne() throws IOException {
    Path missing = folder.resolve("none");
    assertThat(run("serve", "--kubernetes", "--kubeconfig", missing.toString())).isEqualTo(1);
    Path two =
        Files.writeString(
            folder.resolve("two"),
            """
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: work, context: {cluster: c}}, {name: home, context: {cluster: c}}]
            current-context: work
            """);
    String[] elsewhere = {
      "serve", "--kubernetes", "--kubeconfig", two.toString(), "--context", "away"
    };
    assertThat(run(elsewhere)).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "topology-xds serve: kubeconfig " + missing + ": there is no such file",
            "topology-xds serve: kubeconfig "
                + two
                + ": there is no context \"away\"; there are: home, work");
  }

  @Test
  void serviceCidrsAreRanges() {
    assertThat(run("serve", "--files", ".", "--service-cidrs", "10.96.0.0")).isEqualTo(2);
    assertThat(run("translate", "-f", ".", "--service-cidrs", "10.96.0.0/99")).isEqualTo(2);
  }

  @Test
  void halfOfATlsPairIsWrongUsage() {
    assertThat(run("serve", "--files", ".", "--tls-cert", "x")).isEqualTo(2);
    assertThat(run("serve", "--files", ".", "--client-ca", "x")).isEqualTo(2);
    assertThat(run("serve", "--files", ".", "--push-interval", "soon")).isEqualTo(2);
    assertThat(run("bootstrap", "--kind", "sidecar", "--node", "n", "--tls-cert", "x"))
        .isEqualTo(2);
    assertThat(run("bootstrap", "--kind", "sidecar", "--node", "n", "--tls-ca", "x")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0s", "60m", "-1s", "1000s", "60"})
  void anIntervalOfLoadReportsIsATime(String text) {
    assertThat(run("serve", "--files", ".", "--load-report-interval", text)).isEqualTo(2);
    assertThat(err.toString()).contains("'" + text + "' is no time as 60s or 5m (1s to 59m)");
  }

  @Test
  void aFaultOfTheWorldIsOneLineAndOne() {
    CommandLine root = RootCommand.commandLine();
    root.addSubcommand(
        "fail",
        CommandLine.Model.CommandSpec.wrapWithoutInspection(
            (Runnable)
                () -> {
                  throw new CommandFailure("the world\nis wrong");
                }));
    root.setExecutionExceptionHandler(Failures::fault);
    root.setErr(new PrintWriter(err));

    assertThat(root.execute("fail")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("topology-xds fail: the world; is wrong");
  }

  private int run(String... arguments) {
    CommandLine root = RootCommand.commandLine(List.of(arguments));
    root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return root.execute(arguments);
  }
}
