package io.github.topologyxds.xds.resource;

/**
 * What is known that a client has of a resource name: one object for each name, of which there are
 * a million with a thousand clients. So the resource itself, which all share, is one.
 */
public sealed interface KnownResource
    permits XdsResource, KnownResource.Version, KnownResource.Absent {

  /** Returns whether the client has this very content. */
  boolean isSameAs(XdsResource resource);

  /**
   * Something from an earlier stream, of which the client told the version; until the resource of
   * that version is looked up, or sent.
   */
  record Version(String version) implements KnownResource {
    @Override
    public boolean isSameAs(XdsResource resource) {
      return version.equals(resource.version());
    }
  }

  /** Nothing: the client has been told that there is no such resource. */
  enum Absent implements KnownResource {
    /** The only one. */
    ABSENT;

    @Override
    public boolean isSameAs(XdsResource resource) {
      return false;
    }
  }
}
