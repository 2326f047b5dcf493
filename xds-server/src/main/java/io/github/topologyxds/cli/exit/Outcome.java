package io.github.topologyxds.cli.exit;

import tools.jackson.databind.JsonNode;

/** What came of asking a server over its API. */
public sealed interface Outcome {
  /** It has answered. */
  record Answered(JsonNode json) implements Outcome {}

  /**
   * It has answered that it cannot: what was asked for is not there, or is wrong.
   *
   * @param reason one line, the server's words
   */
  record Refused(int status, String reason) implements Outcome {}

  /**
   * No answer came, or none of the API.
   *
   * @param reason one line: who does not answer, and what to look at
   */
  record Failed(String reason) implements Outcome {}
}
