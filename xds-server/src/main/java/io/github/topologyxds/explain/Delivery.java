package io.github.topologyxds.explain;

import io.github.topologyxds.subscription.HeldResource.Progress;

/**
 * How far a port's load assignment has got with a connected client, and which one is explained: the
 * one that the client has accepted last, where that is known, else the latest.
 *
 * @param progress of the latest one
 * @param accepted version of what the client accepted last; "" when it accepted none
 * @param latest version of what there is for it now; "" when there is none
 */
public record Delivery(Progress progress, Explained explained, String accepted, String latest) {
  /** Which load assignment is explained. */
  public enum Explained {
    /** What the client has accepted. */
    ACCEPTED,
    /** What there is for it, which it has not accepted. */
    LATEST
  }

  /** Returns a line for people. */
  public String line() {
    return switch (progress) {
      case ACCEPTED -> "the client has accepted this";
      case SENT -> told("is sent, and not answered");
      case DUE -> told("is not sent yet");
      case REFUSED -> told("was sent, and the client refuses it");
    };
  }

  private String told(String latestIs) {
    return switch (explained) {
      case ACCEPTED -> "the client has accepted this; a newer version " + latestIs;
      case LATEST -> "the client has not accepted this: it " + latestIs;
    };
  }
}
