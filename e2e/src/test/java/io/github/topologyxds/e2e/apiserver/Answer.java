package io.github.topologyxds.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a request leads to. */
public sealed interface Answer {

  /** A status and a body. */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(int status, Map<String, String> headers, byte[] body) implements Answer {

    static Content json(int status, byte[] body) {
      return new Content(status, Map.of("Content-Type", "application/json"), body);
    }

    static Content text(int status, String body) {
      return new Content(
          status, Map.of("Content-Type", "text/plain"), body.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(Refusal refusal) {
      return json(refusal.code(), refusal.json());
    }

    Content retryAfter(int seconds) {
      Map<String, String> more = new HashMap<>(headers);
      more.put("Retry-After", Integer.toString(seconds));
      return new Content(status, Map.copyOf(more), body);
    }

    /** The first half of the body. */
    Content broken() {
      byte[] half = new byte[body.length / 2];
      System.arraycopy(body, 0, half, 0, half.length);
      return new Content(status, headers, half);
    }
  }

  /**
   * A way to a port of a Pod.
   *
   * @param pod {@code namespace/name}
   */
  record PortForward(String pod, int port) implements Answer {}

  /** A body without end. */
  record Watch(Target target, Map<String, String> query) implements Answer {}
}
