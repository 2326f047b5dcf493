package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;

/** A line of a watch. */
@SuppressWarnings("ArrayRecordComponent")
record WatchEvent(String type, long revision, byte[] object) {

  /** JSON and the line's end. */
  byte[] line() {
    byte[] head = "{\"type\":\"%s\",\"object\":".formatted(type).getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[head.length + object.length + 2];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(object, 0, line, head.length, object.length);
    line[line.length - 2] = '}';
    line[line.length - 1] = '\n';
    return line;
  }

  /** The line, broken off in the middle but ended as if it were whole. */
  byte[] brokenLine() {
    byte[] line = line();
    byte[] half = new byte[line.length / 2 + 1];
    System.arraycopy(line, 0, half, 0, half.length - 1);
    half[half.length - 1] = '\n';
    return half;
  }

  static WatchEvent error(Refusal refusal) {
    return new WatchEvent("ERROR", 0, refusal.json());
  }

  /**
   * Says how far the watch has come. The object is empty but for its type, as the real one's.
   *
   * @param annotations JSON members to add to the metadata, empty or with a comma in front
   */
  static WatchEvent bookmark(ResourceKind kind, long revision, String annotations) {
    String rest =
        switch (kind) {
          case ENDPOINT_SLICES -> ",\"addressType\":\"\",\"endpoints\":null,\"ports\":null";
          case SERVICES -> ",\"spec\":{},\"status\":{\"loadBalancer\":{}}";
          case NODES, NAMESPACES, PODS, LEASES, CUSTOM_RESOURCE_DEFINITIONS, SERVICE_CIDRS ->
              ",\"spec\":{}";
          case EVENTS, ENDPOINTS, EXTERNAL_WORKLOADS -> "";
        };
    String object =
        "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%d\"%s}%s}"
            .formatted(kind.kind(), kind.apiVersion(), revision, annotations, rest);
    return new WatchEvent("BOOKMARK", revision, object.getBytes(StandardCharsets.UTF_8));
  }
}
