package io.github.topologyxds.grpc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.github.topologyxds.subscription.SotwSubscriptionRequest.Earlier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks an encoded DeltaDiscoveryRequest. Truncated or malformed ones throw, unknown fields are
 * passed over.
 */
public final class DeltaReader {
  private static final int NODE = SotwReader.tag(DeltaDiscoveryRequest.NODE_FIELD_NUMBER);
  private static final int TYPE_URL = SotwReader.tag(DeltaDiscoveryRequest.TYPE_URL_FIELD_NUMBER);
  private static final int SUBSCRIBE =
      SotwReader.tag(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE_FIELD_NUMBER);
  private static final int UNSUBSCRIBE =
      SotwReader.tag(DeltaDiscoveryRequest.RESOURCE_NAMES_UNSUBSCRIBE_FIELD_NUMBER);
  private static final int SUBSCRIBE_LOCATOR =
      SotwReader.tag(DeltaDiscoveryRequest.RESOURCE_LOCATORS_SUBSCRIBE_FIELD_NUMBER);
  private static final int UNSUBSCRIBE_LOCATOR =
      SotwReader.tag(DeltaDiscoveryRequest.RESOURCE_LOCATORS_UNSUBSCRIBE_FIELD_NUMBER);
  private static final int VERSIONS =
      SotwReader.tag(DeltaDiscoveryRequest.INITIAL_RESOURCE_VERSIONS_FIELD_NUMBER);
  private static final int NONCE =
      SotwReader.tag(DeltaDiscoveryRequest.RESPONSE_NONCE_FIELD_NUMBER);
  private static final int ERROR = SotwReader.tag(DeltaDiscoveryRequest.ERROR_DETAIL_FIELD_NUMBER);

  /** The tags of the two fields of an entry of a protobuf map. */
  private static final int KEY = SotwReader.tag(1);

  private static final int VALUE = SotwReader.tag(2);

  private final CodedInputStream in;
  private @Nullable ByteString node;
  private String typeUrl = "";
  private String nonce = "";
  private @Nullable ByteString error;
  private List<String> subscribed = List.of();
  private List<String> unsubscribed = List.of();
  private Map<String, String> versions = Map.of();

  private DeltaReader(CodedInputStream in) {
    this.in = in;
  }

  /**
   * Reads a request.
   *
   * @throws IOException when it is no such message
   */
  public static DiscoveryRequestFields read(RequestBuffer buffer) throws IOException {
    DeltaReader reader =
        new DeltaReader(CodedInputStream.newInstance(buffer.bytes(), 0, buffer.length()));
    reader.walk();
    return new DiscoveryRequestFields(
        reader.node,
        reader.typeUrl,
        reader.nonce,
        reader.error,
        reader.subscribed,
        reader.unsubscribed,
        reader.versions,
        Earlier.NOTHING,
        null,
        false);
  }

  private void walk() throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SUBSCRIBE) {
        subscribed = with(subscribed, in.readStringRequireUtf8());
      } else if (tag == UNSUBSCRIBE) {
        unsubscribed = with(unsubscribed, in.readStringRequireUtf8());
      } else if (tag == SUBSCRIBE_LOCATOR) {
        subscribed = with(subscribed, SotwReader.locatorName(in));
      } else if (tag == UNSUBSCRIBE_LOCATOR) {
        unsubscribed = with(unsubscribed, SotwReader.locatorName(in));
      } else if (tag == VERSIONS) {
        version();
      } else if (tag == TYPE_URL) {
        typeUrl = in.readStringRequireUtf8();
      } else if (tag == NONCE) {
        nonce = in.readStringRequireUtf8();
      } else if (tag == NODE) {
        node = in.readBytes();
      } else if (tag == ERROR) {
        error = in.readBytes();
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group ends that never began");
      }
    }
  }

  private static List<String> with(List<String> names, String name) {
    List<String> more = names.isEmpty() ? new ArrayList<>() : names;
    more.add(name);
    return more;
  }

  private void version() throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    String key = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == KEY) {
        key = in.readStringRequireUtf8();
      } else if (tag == VALUE) {
        value = in.readStringRequireUtf8();
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group ends that never began");
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    if (versions.isEmpty()) {
      versions = new HashMap<>();
    }
    versions.put(key, value);
  }
}
