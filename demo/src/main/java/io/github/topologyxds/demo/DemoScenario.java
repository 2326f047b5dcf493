package io.github.topologyxds.demo;

import java.util.Optional;
import java.util.stream.Stream;

/** What the demo shows. */
enum DemoScenario {
  /** Three zones, one of which is drained and comes back. */
  ZONES("zones"),
  /** A small zone, with strict and with fair near routing. */
  FAIR("fair");

  private final String label;

  DemoScenario(String label) {
    this.label = label;
  }

  /** As written on the command line. */
  String label() {
    return label;
  }

  static Optional<DemoScenario> parse(String label) {
    return Stream.of(values()).filter(scenario -> scenario.label.equals(label)).findFirst();
  }
}
