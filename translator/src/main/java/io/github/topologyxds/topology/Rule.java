package io.github.topologyxds.topology;

/** A rule of docs/routing.md. */
public sealed interface Rule permits RoutingRule, TrafficRule {
  /** Returns the rule's number in docs/routing.md, 1 and on. */
  int number();

  /** Returns the rule's name, which is stable: JSON prints it. */
  String name();
}
