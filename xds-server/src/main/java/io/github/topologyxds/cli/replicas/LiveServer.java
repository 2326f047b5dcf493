package io.github.topologyxds.cli.replicas;

import io.github.topologyxds.cli.exit.CommandFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * What runs and answers a command over the API ({@code serve --api}, docs/api.md): one server, or
 * all replicas of one.
 */
public sealed interface LiveServer extends AutoCloseable permits OneServer, AllReplicas {
  /**
   * Returns an answer.
   *
   * @param path behind {@code /api/v1/}, encoded
   * @throws CommandFailure when there is none, with the server's reason or what to look at
   */
  JsonNode get(String path, Map<String, String> parameters);

  /**
   * Returns an answer of each, by name and sorted; "" is the name of one server at an address.
   *
   * @throws CommandFailure when there is none
   */
  SequencedMap<String, JsonNode> each(String path, Map<String, String> parameters);

  /**
   * Returns the items of a list, of all its pages.
   *
   * @throws CommandFailure as {@link #get}
   */
  List<JsonNode> list(String path, Map<String, String> parameters);

  /**
   * Runs a task at once, and again whenever this list has changed.
   *
   * @throws CommandFailure when the one server that is watched has ended
   */
  void watch(String path, Runnable task);

  /**
   * Returns who was asked, and what came of the last answer; nobody where one server is named.
   *
   * @see AllReplicas
   */
  List<ReplicaState> replicas();

  @Override
  void close();

  /** Returns a text as it may stand in a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
