package io.github.topologyxds.cli;

import io.github.topologyxds.cli.flags.BootstrapOptions;
import io.github.topologyxds.cli.flags.RedirectFlags;
import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.redirect.RedirectMode;
import io.github.topologyxds.redirect.RedirectRules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code topology-xds redirect}: prints the rules that bring connections to a sidecar. */
@Command(
    name = "redirect",
    description =
        "Prints the rules that bring what a Pod sends to Services to its sidecar, for the Pod's network"
            + " namespace: envoy-configs/redirect.nft or redirect.iptables with your values put in."
            + " inject puts them into workloads.",
    footer = {
      "",
      "Examples:",
      "  topology-xds redirect --service-cidrs 10.96.0.0/12 | nft -f -",
      "  topology-xds redirect --mode iptables --service-cidrs 10.96.0.0/12 | iptables-restore --noflush",
      "  topology-xds redirect --capture all --exclude-cidrs 169.254.0.0/16 --exclude-ports 5432"
    })
final class RedirectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--mode",
      converter = Mode.class,
      completionCandidates = Mode.class,
      defaultValue = "nft",
      paramLabel = "MODE",
      description = "nft or iptables, which is for both families (default: ${DEFAULT-VALUE}).")
  private RedirectMode mode = RedirectMode.NFT;

  @Mixin private RedirectFlags flags = new RedirectFlags();

  @Option(
      names = "--proxy-uid",
      converter = Uid.class,
      defaultValue = "1337",
      paramLabel = "UID",
      description = "User that Envoy runs as, and nothing else (default: ${DEFAULT-VALUE}).")
  private int proxyUid;

  @Option(
      names = "--listener-port",
      converter = BootstrapOptions.Port.class,
      defaultValue = "15001",
      paramLabel = "P",
      description = "Where Envoy takes connections (default: ${DEFAULT-VALUE}).")
  private int listenerPort;

  @Override
  public Integer call() {
    RedirectRules rules =
        new RedirectRules(
            flags.capture(), proxyUid, listenerPort, flags.excludedCidrs(), flags.excludedPorts());
    PrintWriter out = spec.commandLine().getOut();
    out.print(rules.file(mode));
    out.flush();
    return 0;
  }

  static final class Mode extends Choice<RedirectMode> {
    Mode() {
      super(RedirectMode.values(), RedirectMode::label);
    }
  }

  /** Root is none: its connections would go their way, and a Pod's application often is root. */
  static final class Uid implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]{0,8}")) {
        throw new TypeConversionException("'" + text + "' is no user id from 1 to 999999999");
      }
      return Integer.valueOf(text);
    }
  }
}
