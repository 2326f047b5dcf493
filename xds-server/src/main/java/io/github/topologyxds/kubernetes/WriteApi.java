package io.github.topologyxds.kubernetes;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Requests to the API server, each sent once and answered within its limit. Any thread. */
@FunctionalInterface
public interface WriteApi {
  /** Sends a request and waits for the answer; a failure is a reply, too. */
  Reply send(Request request) throws InterruptedException;

  /** What a request does. */
  enum Method {
    GET,
    POST,
    PUT,
    /** RFC 7386: what the body does not name stays; lists are replaced as a whole. */
    PATCH,
    DELETE
  }

  /**
   * A request.
   *
   * @param path with its query
   * @param body JSON; "" for a GET
   * @param within after this long it is given up
   */
  record Request(Method method, String path, String body, Duration within) {}

  /**
   * An answer.
   *
   * @param status of HTTP; 0 when none came, so that nobody knows whether the request was served
   * @param body JSON; missing when there is none
   * @param retryAfter the header of this name; zero when there is none
   * @param trouble what is wrong, one line after "the API server"; "" when nothing is
   */
  record Reply(int status, JsonNode body, Duration retryAfter, String trouble) {
    /** Returns whether the server has done it: a status of 200 to 299. */
    public boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }
}
