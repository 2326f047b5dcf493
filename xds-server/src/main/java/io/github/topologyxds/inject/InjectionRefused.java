package io.github.topologyxds.inject;

/** A workload that cannot be given a sidecar; the message is one line, and says which and why. */
public final class InjectionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  InjectionRefused(String message) {
    super(message);
  }
}
