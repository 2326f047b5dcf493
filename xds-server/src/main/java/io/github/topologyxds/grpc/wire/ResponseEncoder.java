package io.github.topologyxds.grpc.wire;

import com.google.protobuf.CodedOutputStream;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.github.topologyxds.subscription.Push;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Encodes a response. */
final class ResponseEncoder {
  private ResponseEncoder() {}

  /** Returns a response with a nonce; its version is made of all its resources. */
  static EncodedResponse encode(XdsProtocol variant, Push push, long nonce) {
    String version = push.version();
    try {
      byte[] body =
          switch (variant) {
            case STATE_OF_THE_WORLD -> stateOfTheWorld(push, version);
            case DELTA -> delta(push, version);
          };
      return EncodedResponse.of(version, body, nonce);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the message's own size is too small", e);
    }
  }

  private static byte[] stateOfTheWorld(Push push, String version) throws IOException {
    int size =
        CodedOutputStream.computeStringSize(DiscoveryResponse.VERSION_INFO_FIELD_NUMBER, version)
            + CodedOutputStream.computeStringSize(
                DiscoveryResponse.TYPE_URL_FIELD_NUMBER, push.type().typeUrl());
    for (XdsResource resource : push.resources()) {
      size +=
          CodedOutputStream.computeMessageSize(
              DiscoveryResponse.RESOURCES_FIELD_NUMBER, resource.packed());
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(DiscoveryResponse.VERSION_INFO_FIELD_NUMBER, version);
    for (XdsResource resource : push.resources()) {
      out.writeMessage(DiscoveryResponse.RESOURCES_FIELD_NUMBER, resource.packed());
    }
    out.writeString(DiscoveryResponse.TYPE_URL_FIELD_NUMBER, push.type().typeUrl());
    out.checkNoSpaceLeft();
    return bytes;
  }

  private static byte[] delta(Push push, String version) throws IOException {
    int size =
        CodedOutputStream.computeStringSize(
                DeltaDiscoveryResponse.SYSTEM_VERSION_INFO_FIELD_NUMBER, version)
            + CodedOutputStream.computeStringSize(
                DeltaDiscoveryResponse.TYPE_URL_FIELD_NUMBER, push.type().typeUrl());
    for (XdsResource resource : push.resources()) {
      int inner = innerSize(resource);
      size +=
          CodedOutputStream.computeTagSize(DeltaDiscoveryResponse.RESOURCES_FIELD_NUMBER)
              + CodedOutputStream.computeUInt32SizeNoTag(inner)
              + inner;
    }
    for (String name : push.removed()) {
      size +=
          CodedOutputStream.computeStringSize(
              DeltaDiscoveryResponse.REMOVED_RESOURCES_FIELD_NUMBER, name);
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(DeltaDiscoveryResponse.SYSTEM_VERSION_INFO_FIELD_NUMBER, version);
    for (XdsResource resource : push.resources()) {
      out.writeTag(DeltaDiscoveryResponse.RESOURCES_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(innerSize(resource));
      out.writeString(Resource.VERSION_FIELD_NUMBER, resource.version());
      out.writeMessage(Resource.RESOURCE_FIELD_NUMBER, resource.packed());
      out.writeString(Resource.NAME_FIELD_NUMBER, resource.name());
    }
    out.writeString(DeltaDiscoveryResponse.TYPE_URL_FIELD_NUMBER, push.type().typeUrl());
    for (String name : push.removed()) {
      out.writeString(DeltaDiscoveryResponse.REMOVED_RESOURCES_FIELD_NUMBER, name);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  private static int innerSize(XdsResource resource) {
    return CodedOutputStream.computeStringSize(Resource.VERSION_FIELD_NUMBER, resource.version())
        + CodedOutputStream.computeMessageSize(Resource.RESOURCE_FIELD_NUMBER, resource.packed())
        + CodedOutputStream.computeStringSize(Resource.NAME_FIELD_NUMBER, resource.name());
  }
}
