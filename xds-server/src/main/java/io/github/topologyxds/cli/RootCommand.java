package io.github.topologyxds.cli;

import io.github.topologyxds.cli.evacuate.EvacuateCommand;
import io.github.topologyxds.cli.slices.PlanCommand;
import io.github.topologyxds.cli.slices.SlicesCommand;
import io.github.topologyxds.version.ProductVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topology-xds}: names its commands and does nothing itself. */
@Command(
    name = "topology-xds",
    description = {
      "Gives Envoy Kubernetes' topology aware routing: near endpoints first, far ones when the near"
          + " ones are lost. Reads Services, EndpointSlices and Nodes, sends clusters, endpoints,"
          + " routes and listeners over xDS (ADS)."
    },
    footer = {
      "",
      RootCommand.EXAMPLES,
      "  topology-xds bootstrap --kind sidecar --node $NODE_NAME --xds xds:18000 > envoy.yaml",
      "      the file that an Envoy starts with",
      "  topology-xds serve --files manifests/",
      "      the control plane, over a folder of Kubernetes YAML",
      "  topology-xds translate -f manifests/ --zone zone-a --service shop/cart",
      "      what an Envoy in that zone would get, and why",
      "  topology-xds explain shop/cart -f manifests/ --zone zone-a",
      "      where the requests of a client there go, and why",
      "  topology-xds plan -f manifests/",
      "      which EndpointSlices of its own topology-xds would write",
      "  topology-xds COMMAND --help, or topology-xds help COMMAND",
      "",
      "Exit codes: 0 fine, 1 the input or the world is at fault, 2 wrong usage; 3 of explain: nothing",
      "can be reached from there.",
      "JAVA_OPTS reaches the JVM; JAVA_OPTS=-Dtopology-xds.trace prints the stack of a failure."
    })
public final class RootCommand implements Callable<Integer> {
  static final String NAME = "topology-xds";
  static final String EXAMPLES = "Examples:";

  /** Commands about the others, which need all of them. */
  private static final Set<String> ABOUT_OTHERS =
      Set.of("help", "completion", CompleteCommand.NAME);

  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  private RootCommand() {}

  /** All commands, with the exit codes and the one-line failures that scripts rely on. */
  public static CommandLine commandLine() {
    CommandLine root = new CommandLine(new RootCommand());
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      root.addSubcommand(provider.name(), provider.command());
      addExample(root, provider.example());
    }
    commands().forEach((name, command) -> root.addSubcommand(name, command.get()));
    return complete(root);
  }

  /**
   * Returns the command line for one run: where the arguments begin with a command of ours, that
   * one alone. picocli looks at each flag of every command that it is given, which is half of the
   * time of {@code version}.
   */
  public static CommandLine commandLine(List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    Supplier<Object> named = commands().get(first);
    if (named == null || ABOUT_OTHERS.contains(first)) {
      return commandLine();
    }
    CommandLine root = new CommandLine(new RootCommand());
    root.addSubcommand(first, named.get());
    return complete(root);
  }

  /** In the order in which the help shows them. */
  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("translate", TranslateCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("endpoints", EndpointsCommand::new);
    commands.put("findings", FindingsCommand::new);
    commands.put("zones", ZonesCommand::new);
    commands.put("evacuate", EvacuateCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("proxies", ProxiesCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("slices", SlicesCommand::commandLine);
    commands.put("bootstrap", BootstrapCommand::new);
    commands.put("inject", InjectCommand::new);
    commands.put("redirect", RedirectCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("help", HelpCommand::new);
    commands.put(CompleteCommand.NAME, CompleteCommand::new);
    return commands;
  }

  private static CommandLine complete(CommandLine root) {
    addHelp(root);
    root.getCommandSpec()
        .versionProvider(() -> VersionCommand.lines(ProductVersion.current()))
        .addOption(
            CommandLine.Model.OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the versions, as the command version does.")
                .build());
    root.setParameterExceptionHandler(Failures::wrongUsage);
    root.setExecutionExceptionHandler(Failures::fault);
    root.setUsageHelpWidth(HELP_WIDTH);
    return root;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name a command: " + String.join(", ", visible(spec)));
  }

  /** Returns the names of our own commands that people use. */
  static List<String> names() {
    return commands().keySet().stream().filter(name -> !name.equals(CompleteCommand.NAME)).toList();
  }

  /** Returns the names of the commands of another one that people use. */
  static List<String> visible(CommandSpec command) {
    return command.subcommands().entrySet().stream()
        .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void addExample(CommandLine root, List<String> example) {
    List<String> footer = new ArrayList<>(List.of(root.getCommandSpec().usageMessage().footer()));
    footer.addAll(footer.indexOf(EXAMPLES) + 1, example);
    root.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build());
    command.getSubcommands().values().forEach(RootCommand::addHelp);
  }
}
