package io.github.topologyxds.demo.load;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The request that is sent again and again.
 *
 * @param authority the Host header, such as web.shop.svc.cluster.local
 * @param headers further ones
 * @param body "" for none
 */
public record LoadRequest(
    String method, String authority, String path, Map<String, String> headers, String body) {
  public LoadRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * Returns a GET of {@code /}.
   *
   * @param authority {@code host} or {@code host:port}
   */
  public static LoadRequest get(String authority) {
    return new LoadRequest("GET", authority, "/", Map.of(), "");
  }

  /**
   * Returns a POST to {@code /}.
   *
   * @param authority {@code host} or {@code host:port}
   */
  public static LoadRequest post(String authority, String body) {
    return new LoadRequest("POST", authority, "/", Map.of(), body);
  }

  /** Returns the same with one more header. */
  public LoadRequest withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new LoadRequest(method, authority, path, more, body);
  }

  /** Returns the same to another path, which begins with a slash. */
  public LoadRequest withPath(String newPath) {
    return new LoadRequest(method, authority, newPath, headers, body);
  }

  /** As HTTP/1.1 has it on the wire. */
  byte[] bytes() {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("host: ").append(authority).append("\r\n");
    new TreeMap<>(headers).forEach((k, v) -> head.append(k).append(": ").append(v).append("\r\n"));
    if (content.length > 0 || method.equals("POST")) {
      head.append("content-length: ").append(content.length).append("\r\n");
    }
    head.append("\r\n").append(body);
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }
}
