package io.github.topologyxds.api;

import tools.jackson.databind.JsonNode;

/** One thing that the API serves, behind one path. Any thread. */
@FunctionalInterface
interface Resource {
  /**
   * Answers, on a thread that may wait a little.
   *
   * @throws ApiFailure when it cannot
   */
  JsonNode answer(ApiRequest request);
}
