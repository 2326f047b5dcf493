package io.github.topologyxds.e2e.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One recorded request to a real API server, and its answer. */
record Exchange(String name, JsonNode request, JsonNode response) {
  private static final String RECORDING = "/transcripts/api.jsonl";

  static List<Exchange> recorded() {
    ObjectMapper json = new ObjectMapper();
    List<Exchange> exchanges = new ArrayList<>();
    try (InputStream in = Exchange.class.getResourceAsStream(RECORDING)) {
      if (in == null) {
        throw new IllegalStateException("no " + RECORDING);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(json::readTree)
          .forEach(line ->
              exchanges.add(
                  new Exchange(
                      line.path("name").asString(), line.path("request"), line.path("response"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exchanges;
  }

  boolean isWatch() {
    return response.path("body").isArray();
  }
}
