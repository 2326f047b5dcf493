package io.github.topologyxds.cli.flags;

import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.cli.values.CidrOption;
import io.github.topologyxds.redirect.Capture;
import io.github.topologyxds.topology.address.Cidr;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which connections of a Pod are brought to its sidecar. */
public final class RedirectFlags {
  /** The words of {@code --capture}. */
  enum Captured {
    SERVICES,
    ALL
  }

  static final class CaptureOption extends Choice<Captured> {
    CaptureOption() {
      super(Captured.values(), value -> value.name().toLowerCase(Locale.ROOT));
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--capture",
      converter = CaptureOption.class,
      completionCandidates = CaptureOption.class,
      defaultValue = "services",
      paramLabel = "WHAT",
      description = {
        "services: connections to the Service CIDRs, so that an Envoy that is dead closes no other way",
        "out; all: every TCP connection (default: ${DEFAULT-VALUE})."
      })
  private Captured capture = Captured.SERVICES;

  @Option(
      names = "--service-cidrs",
      converter = CidrOption.class,
      split = ",",
      paramLabel = "CIDR",
      description =
          "Where Services are: --service-cluster-ip-range of kube-apiserver, or kubectl get servicecidrs.")
  private List<Cidr> serviceCidrs = List.of();

  @Option(
      names = "--exclude-cidrs",
      converter = CidrOption.class,
      split = ",",
      paramLabel = "CIDR",
      description = "Connections to these addresses go their way.")
  private List<Cidr> excludedCidrs = List.of();

  @Option(
      names = "--exclude-ports",
      converter = BootstrapOptions.Port.class,
      split = ",",
      paramLabel = "PORT",
      description = "Connections to these ports go their way, as those to 53 (DNS) always do.")
  private List<Integer> excludedPorts = List.of();

  /** Returns which connections are captured. */
  public Capture capture() {
    return switch (capture) {
      case SERVICES -> {
        if (serviceCidrs.isEmpty()) {
          throw refused(
              "--capture services needs --service-cidrs: --service-cluster-ip-range of kube-apiserver, or"
                  + " kubectl get servicecidrs");
        }
        yield new Capture.Services(serviceCidrs);
      }
      case ALL -> {
        if (!serviceCidrs.isEmpty()) {
          throw refused("--service-cidrs is for --capture services; all needs none");
        }
        yield new Capture.All();
      }
    };
  }

  /** Returns addresses that are never captured. */
  public List<Cidr> excludedCidrs() {
    return excludedCidrs;
  }

  /** Returns port numbers that are never captured. */
  public List<Integer> excludedPorts() {
    return excludedPorts;
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
