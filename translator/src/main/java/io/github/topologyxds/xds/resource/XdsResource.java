package io.github.topologyxds.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;

/**
 * A resource as it goes to clients: serialised once, shared by all streams.
 *
 * @param name the name that clients ask for
 * @param version of the content: equal bytes, equal version
 * @param packed type URL and bytes, ready to be put into a response
 * @param endpoints what a load assignment names; nothing for the other types
 */
public record XdsResource(
    ResourceType type, String name, String version, Any packed, AssignedEndpoints endpoints)
    implements KnownResource {
  @Override
  public boolean isSameAs(XdsResource resource) {
    return version.equals(resource.version);
  }

  /**
   * Serialises a message deterministically. All that is sent has passed here, or, where it was
   * joined of serialised parts, its parts have passed {@link EnvoyValidity}.
   *
   * @throws InvalidResourceException if Envoy would refuse it
   */
  public static XdsResource of(ResourceType type, String name, Message message) {
    EnvoyValidity.violation(type, message)
        .ifPresent(violation -> {
          throw new InvalidResourceException(type, name, violation);
        });
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("an array of the message's own size is too small", e);
    }
    return of(type, name, ByteString.copyFrom(bytes), AssignedEndpoints.of(message));
  }

  /**
   * Takes a message that is checked and serialised already, deterministically; no load assignment.
   */
  public static XdsResource of(ResourceType type, String name, ByteString bytes) {
    return of(type, name, bytes, AssignedEndpoints.NONE);
  }

  private static XdsResource of(
      ResourceType type, String name, ByteString bytes, AssignedEndpoints endpoints) {
    Any packed = Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(bytes).build();
    return new XdsResource(type, name, ContentVersion.of(bytes), packed, endpoints);
  }
}
