package io.github.topologyxds.grpc.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Messages on a call that are wrong in one way or another; each ends its stream, and no more. */
enum WrongFrames {
  TOO_LONG {
    @Override
    byte[] frame() {
      return ByteBuffer.allocate(5).put((byte) 0).putInt(1 << 30).array();
    }
  },
  RESERVED_BITS {
    @Override
    byte[] frame() {
      return ByteBuffer.allocate(5).put((byte) 0xf0).putInt(1).array();
    }
  },
  COMPRESSED {
    @Override
    byte[] frame() {
      return ByteBuffer.allocate(8).put((byte) 1).putInt(3).array();
    }
  },
  UNDECODABLE {
    @Override
    byte[] frame() {
      return ByteBuffer.allocate(8).put((byte) 0).putInt(3).put(new byte[] {-1, -1, -1}).array();
    }
  };

  static final String AGGREGATED =
      "/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources";
  static final String CLUSTERS = "/envoy.service.cluster.v3.ClusterDiscoveryService/StreamClusters";

  abstract byte[] frame();

  /** Opens a call of a service, and sends it. */
  void send(RawHttp2 to, String service, int stream) throws IOException {
    Map<String, String> call = new HashMap<>(RawHttp2.CALL);
    call.put(":path", service);
    to.frame(
        RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.headers(call, RawHttp2.CONTENT));
    to.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, frame());
  }
}
