package io.github.topologyxds.topology.settings;

import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.settings.VisibleTo.Everybody;
import io.github.topologyxds.topology.settings.VisibleTo.Namespaces;

/**
 * Whose clients see a Service, resolved once for all of them. A Service that a client does not see
 * is to the client as one that does not exist. This keeps things apart; it is no access control.
 *
 * @param own the Service's namespace, whose clients always see it
 * @param asked who else does, and who says so
 */
public record Visibility(String own, Setting<VisibleTo> asked) {
  /** Returns that of a Service that everybody sees. */
  public static Visibility everybody(String own) {
    return new Visibility(own, Setting.ofServer(new Everybody()));
  }

  /**
   * Resolves it: the Service's annotation, else its Namespace's, else the server's setting. A value
   * that is not allowed is a finding, and hides: who wanted to say that few see the Service must
   * not have it seen by all because of a misspelling.
   */
  public static Visibility of(ServiceState state, WrittenSettings written, VisibleTo server) {
    return new Visibility(
        state.service().name().namespace(),
        written.first(WrittenSettings.VISIBLE_TO, VisibleTo::parse, Setting.ofServer(server)));
  }

  /** Returns whether every client sees it. */
  public boolean isEverybodys() {
    return asked.value() instanceof Everybody;
  }

  /**
   * Returns whether a client sees it.
   *
   * @param namespace the client's; "" when none is known
   */
  public boolean includes(String namespace) {
    return switch (asked.value()) {
      case Everybody everybody -> true;
      case Namespaces(var names) -> own.equals(namespace) || names.contains(namespace);
    };
  }

  /** Returns whose clients see it and who says so, for people. */
  public String text() {
    String who =
        switch (asked.value()) {
          case Everybody everybody -> "by every client";
          case Namespaces(var names) ->
              "by clients of namespace "
                  + own
                  + (names.isEmpty() ? " alone" : ", " + String.join(", ", names));
        };
    return "seen " + who + ": " + asked.origin().label();
  }
}
