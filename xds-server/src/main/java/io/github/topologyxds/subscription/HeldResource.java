package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.KnownResource;
import io.github.topologyxds.xds.resource.XdsResource;
import org.jspecify.annotations.Nullable;

/**
 * How far one resource has got with a client.
 *
 * @param name that the client asks for, is told of, or has
 * @param latest what there is for it under this name now; null: no such resource
 * @param accepted what it acknowledged last; null: nothing that is known
 */
public record HeldResource(
    String name,
    @Nullable XdsResource latest,
    @Nullable KnownResource accepted,
    Progress progress) {
  /** How far the latest content, or its absence, has got. */
  public enum Progress {
    /** The client has accepted it. */
    ACCEPTED,
    /** It is sent, and not answered. */
    SENT,
    /** It is not sent yet. */
    DUE,
    /** The client has refused it, and is not sent it again. */
    REFUSED
  }
}
