package io.github.topologyxds.e2e.apiserver;

import java.time.Instant;

/**
 * A line of the request log: what an audit log says of a real server.
 *
 * @param query encoded, without the question mark
 * @param user whose token it bore; empty when nobody's
 * @param at when it came in
 * @param status of the answer; 0 as long as there is none
 */
public record RecordedRequest(
    Verb verb,
    String method,
    String path,
    String query,
    String body,
    String user,
    String userAgent,
    Instant at,
    int status) {

  RecordedRequest answered(int answer) {
    return new RecordedRequest(verb, method, path, query, body, user, userAgent, at, answer);
  }
}
