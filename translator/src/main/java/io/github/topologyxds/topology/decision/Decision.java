package io.github.topologyxds.topology.decision;

/** Where a client's traffic for one service port goes, and why: three axes and their reason. */
public record Decision(Scope scope, Basis basis, Eligibility eligibility, DecisionReason reason) {}
