package io.github.topologyxds.benchmarks;

import java.nio.charset.StandardCharsets;

/** What the objects of a {@link GeneratedApi} have in common. */
final class GeneratedText {
  /** What a slice of the EndpointSlice controller carries along, and nobody here reads. */
  static final String MANAGED =
      "\"managedFields\":[{\"manager\":\"kube-controller-manager\",\"operation\":\"Update\","
          + "\"apiVersion\":\"v1\",\"time\":\"2026-01-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\","
          + "\"fieldsV1\":{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},\"f:spec\":{}}}]";

  /** Returns a Node. */
  static String node(int i) {
    return """
    {"metadata":{"name":"node-%d","resourceVersion":"5",%s,
     "labels":{"topology.kubernetes.io/zone":"zone-%d","topology.kubernetes.io/region":"r"}},
     "status":{"conditions":[{"type":"Ready","status":"True"}]}}
    """
        .formatted(i, MANAGED, i % 3);
  }

  /** What an API server sends of each object then: all of its metadata, and nothing else. */
  static byte[] metadataAlone(byte[] page) {
    String json = new String(page, StandardCharsets.UTF_8);
    int items = json.indexOf("\"items\":[");
    StringBuilder out = new StringBuilder("{\"kind\":\"PartialObjectMetadataList\",");
    out.append(json, 1, items).append("\"items\":[");
    String begin = "{\"metadata\":";
    boolean first = true;
    for (int at = json.indexOf(begin, items); at >= 0; at = json.indexOf(begin, at + 1)) {
      int depth = 0;
      int end = at + begin.length();
      do {
        depth += json.charAt(end) == '{' ? 1 : json.charAt(end) == '}' ? -1 : 0;
        end++;
      } while (depth > 0);
      out.append(first ? "" : ",").append(json, at, end).append('}');
      first = false;
    }
    return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private GeneratedText() {}
}
