package io.github.topologyxds.grpc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.ResourceLocator;
import io.github.topologyxds.subscription.SotwSubscriptionRequest.Earlier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks an encoded DiscoveryRequest. Truncated or malformed ones throw, unknown fields are passed
 * over, and a list of names that was seen before is not read again.
 */
public final class SotwReader {
  private static final int NODE = tag(DiscoveryRequest.NODE_FIELD_NUMBER);
  private static final int NAMES = tag(DiscoveryRequest.RESOURCE_NAMES_FIELD_NUMBER);
  private static final int LOCATORS = tag(DiscoveryRequest.RESOURCE_LOCATORS_FIELD_NUMBER);
  private static final int VERSION = tag(DiscoveryRequest.VERSION_INFO_FIELD_NUMBER);
  private static final int TYPE_URL = tag(DiscoveryRequest.TYPE_URL_FIELD_NUMBER);
  private static final int NONCE = tag(DiscoveryRequest.RESPONSE_NONCE_FIELD_NUMBER);
  private static final int ERROR = tag(DiscoveryRequest.ERROR_DETAIL_FIELD_NUMBER);

  private final byte[] bytes;
  private final int length;
  private final CodedInputStream in;

  private @Nullable ByteString node;
  private String typeUrl = "";
  private String nonce = "";
  private Earlier earlier = Earlier.NOTHING;
  private @Nullable ByteString error;
  private final List<String> names = new ArrayList<>();
  private @Nullable NameList known;
  private int namesFrom = -1;
  private int namesEnd = -1;
  private boolean scattered;

  private SotwReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
    this.in = CodedInputStream.newInstance(bytes, 0, length);
  }

  static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * Reads a request.
   *
   * @param lists name lists that may stand in it
   * @throws IOException when it is no such message
   */
  public static DiscoveryRequestFields read(RequestBuffer buffer, List<NameList> lists)
      throws IOException {
    SotwReader reader = new SotwReader(buffer.bytes(), buffer.length());
    reader.walk(lists);
    if (reader.scattered && reader.known != null) {
      // More names after those that were passed over: no client does so, but it may.
      reader = new SotwReader(buffer.bytes(), buffer.length());
      reader.walk(List.of());
    }
    return reader.message();
  }

  private void walk(List<NameList> lists) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == NAMES) {
        names(lists);
      } else if (tag == LOCATORS) {
        names.add(locatorName(in));
        scattered = true;
      } else if (tag == TYPE_URL) {
        typeUrl = in.readStringRequireUtf8();
      } else if (tag == VERSION) {
        earlier = in.readBytes().isEmpty() ? Earlier.NOTHING : Earlier.SOME_VERSION;
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

  /**
   * Reads a ResourceLocator, whose tag has been read. No resource of ours depends on parameters, so
   * the one of that name is meant whatever they are.
   */
  static String locatorName(CodedInputStream in) throws IOException {
    return ResourceLocator.parseFrom(in.readBytes()).getName();
  }

  /** Its tag has been read. */
  private void names(List<NameList> lists) throws IOException {
    int from = in.getTotalBytesRead() - 1;
    if (namesFrom < 0) {
      namesFrom = from;
      for (NameList list : lists) {
        if (list.standsAt(bytes, from, length)) {
          known = list;
          in.skipRawBytes(list.length() - 1);
          namesEnd = in.getTotalBytesRead();
          return;
        }
      }
    } else if (from != namesEnd || known != null) {
      scattered = true;
    }
    names.add(in.readStringRequireUtf8());
    namesEnd = in.getTotalBytesRead();
  }

  private DiscoveryRequestFields message() {
    boolean whole = namesFrom >= 0 && !scattered && known == null;
    NameList list = whole ? new NameList(Arrays.copyOfRange(bytes, namesFrom, namesEnd)) : known;
    return new DiscoveryRequestFields(
        node, typeUrl, nonce, error, names, List.of(), Map.of(), earlier, list, known != null);
  }
}
