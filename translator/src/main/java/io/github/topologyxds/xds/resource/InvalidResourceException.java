package io.github.topologyxds.xds.resource;

/**
 * A resource that Envoy would refuse was about to be made: a defect of ours, since whatever a user
 * writes is left out before. Who catches it leaves what is served as it is.
 */
public final class InvalidResourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidResourceException(ResourceType type, String name, String violation) {
    super(type + " " + name + ": " + violation);
  }
}
