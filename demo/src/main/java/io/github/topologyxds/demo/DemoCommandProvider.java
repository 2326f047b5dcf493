package io.github.topologyxds.demo;

import io.github.topologyxds.cli.CommandProvider;
import java.util.List;
import java.util.concurrent.Callable;

/** Adds {@code demo} to the command line where this module is on the class path. */
public final class DemoCommandProvider implements CommandProvider {
  @Override
  public String name() {
    return "demo";
  }

  @Override
  public List<String> example() {
    return List.of(
        "  topology-xds demo",
        "      three zones on this machine, with real Envoys: who gets whose requests");
  }

  @Override
  public Callable<Integer> command() {
    return new DemoCommand(DemoControlPlane::start);
  }
}
