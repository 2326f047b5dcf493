package io.github.topologyxds.grpc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.github.topologyxds.load.LocalityLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks an encoded LoadStatsRequest. An Envoy sends its whole node with each (61 kB measured with
 * Envoy 1.40, most of it the list of its extensions) and a line for each idle cluster: the first is
 * passed over, and of the second no string is made. Truncated or malformed ones throw, unknown
 * fields are passed over.
 */
public final class LoadStatsReader {
  private static final int NODE = SotwReader.tag(LoadStatsRequest.NODE_FIELD_NUMBER);
  private static final int CLUSTER = SotwReader.tag(LoadStatsRequest.CLUSTER_STATS_FIELD_NUMBER);
  private static final int NAME = SotwReader.tag(ClusterStats.CLUSTER_NAME_FIELD_NUMBER);
  private static final int SERVICE_NAME =
      SotwReader.tag(ClusterStats.CLUSTER_SERVICE_NAME_FIELD_NUMBER);
  private static final int LOCALITY_STATS =
      SotwReader.tag(ClusterStats.UPSTREAM_LOCALITY_STATS_FIELD_NUMBER);
  private static final int LOCALITY = SotwReader.tag(UpstreamLocalityStats.LOCALITY_FIELD_NUMBER);
  private static final int ISSUED =
      number(UpstreamLocalityStats.TOTAL_ISSUED_REQUESTS_FIELD_NUMBER);
  private static final int ERRORS = number(UpstreamLocalityStats.TOTAL_ERROR_REQUESTS_FIELD_NUMBER);
  private static final int IN_PROGRESS =
      number(UpstreamLocalityStats.TOTAL_REQUESTS_IN_PROGRESS_FIELD_NUMBER);
  private static final int PRIORITY = number(UpstreamLocalityStats.PRIORITY_FIELD_NUMBER);
  private static final int ZONE = SotwReader.tag(Locality.ZONE_FIELD_NUMBER);

  private final byte[] bytes;
  private final CodedInputStream in;
  private @Nullable ByteString node;
  private final List<LocalityLoad> loads = new ArrayList<>();

  // Of the cluster that is being read; what comes last counts, as protobuf has it.
  private int nameFrom;
  private int nameLength;
  private int serviceNameFrom;
  private int serviceNameLength;

  /**
   * What a report says.
   *
   * @param node encoded; null when it was not asked for, or is not there
   * @param loads of localities, as they come; those without anything are left out
   */
  public record Report(@Nullable ByteString node, List<LocalityLoad> loads) {}

  private LoadStatsReader(RequestBuffer buffer) {
    this.bytes = buffer.bytes();
    this.in = CodedInputStream.newInstance(bytes, 0, buffer.length());
  }

  private static int number(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }

  /**
   * Reads the first report of a stream, which tells who reports.
   *
   * @throws IOException when it is no such message
   */
  public static Report readFirst(RequestBuffer buffer) throws IOException {
    LoadStatsReader reader = new LoadStatsReader(buffer);
    reader.walk(NODE);
    return new Report(reader.node, reader.loads);
  }

  /**
   * Reads a further report; its node is passed over.
   *
   * @throws IOException when it is no such message
   */
  public static List<LocalityLoad> read(RequestBuffer buffer) throws IOException {
    LoadStatsReader reader = new LoadStatsReader(buffer);
    reader.walk(0);
    return reader.loads;
  }

  private void walk(int nodeTag) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == CLUSTER) {
        cluster();
      } else if (tag == nodeTag) {
        node = in.readBytes();
      } else {
        skip(tag);
      }
    }
  }

  private void cluster() throws IOException {
    nameLength = 0;
    serviceNameLength = 0;
    int before = loads.size();
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == LOCALITY_STATS) {
        localityStats();
      } else if (tag == NAME) {
        nameLength = in.readRawVarint32();
        nameFrom = in.getTotalBytesRead();
        in.skipRawBytes(nameLength);
      } else if (tag == SERVICE_NAME) {
        serviceNameLength = in.readRawVarint32();
        serviceNameFrom = in.getTotalBytesRead();
        in.skipRawBytes(serviceNameLength);
      } else {
        skip(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    if (loads.size() > before) {
      name(before);
    }
  }

  /**
   * The name stands before or behind the localities. Several clusters may have the endpoints of one
   * Service's port: what they share is the EDS name, which is told where it differs.
   */
  private void name(int from) {
    String assignment =
        serviceNameLength > 0
            ? new String(bytes, serviceNameFrom, serviceNameLength, StandardCharsets.UTF_8)
            : new String(bytes, nameFrom, nameLength, StandardCharsets.UTF_8);
    loads.subList(from, loads.size()).replaceAll(load -> load.of(assignment));
  }

  private void localityStats() throws IOException {
    String zone = "";
    int priority = 0;
    long issued = 0;
    long errors = 0;
    long inProgress = 0;
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == LOCALITY) {
        zone = zone(zone);
      } else if (tag == ISSUED) {
        issued = in.readUInt64();
      } else if (tag == ERRORS) {
        errors = in.readUInt64();
      } else if (tag == IN_PROGRESS) {
        inProgress = in.readUInt64();
      } else if (tag == PRIORITY) {
        priority = in.readUInt32();
      } else {
        skip(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    if ((issued | errors | inProgress) != 0) {
      loads.add(new LocalityLoad("", zone, priority, issued, errors, inProgress));
    }
  }

  private String zone(String before) throws IOException {
    String zone = before;
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ZONE) {
        zone = in.readStringRequireUtf8();
      } else {
        skip(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    return zone;
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that never began");
    }
  }
}
