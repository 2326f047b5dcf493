package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.WriteApi;

/** What became of a write; the label is that of the metric. */
public enum WriteOutcome {
  DONE("ok"),
  /** 409 or 404: what we know is old. The watch brings what is new. */
  OUTDATED("conflict"),
  /** The namespace goes, and everything in it. */
  TERMINATING("terminating"),
  /** 4xx: it would be refused again. */
  REFUSED("refused"),
  /** 429, 5xx or no answer: again later. */
  UNAVAILABLE("unavailable"),
  /** Not sent: the Lease is not surely ours. */
  FENCED("fenced"),
  /** Not sent: the slice says it is of a later leader, which is not yet known to be untrue. */
  OF_LATER_LEADER("later_leader"),
  /** Not sent: the slice is not ours any more. */
  NOT_OURS("not_ours");

  private final String label;

  WriteOutcome(String label) {
    this.label = label;
  }

  /** Returns the outcome as metrics name it. */
  public String label() {
    return label;
  }

  static WriteOutcome of(WriteApi.Reply reply) {
    if (reply.succeeded()) {
      return DONE;
    }
    return switch (reply.status()) {
      case 404, 409 -> OUTDATED;
      case 403 -> isTerminating(reply) ? TERMINATING : REFUSED;
      case 400, 401, 405, 413, 415, 422 -> REFUSED;
      default -> UNAVAILABLE;
    };
  }

  /** As the EndpointSlice controller asks (apierrors.HasStatusCause, NamespaceTerminating). */
  private static boolean isTerminating(WriteApi.Reply reply) {
    for (var cause : reply.body().path("details").path("causes")) {
      if (cause.path("reason").asString("").equals("NamespaceTerminating")) {
        return true;
      }
    }
    return false;
  }
}
