package io.github.topologyxds.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code openapi.json}: what the API serves, in words for programs; a test holds the answers to it.
 */
public final class OpenApiResource implements Resource {
  private final JsonNode document;

  /** Reads the document from the jar. */
  public OpenApiResource() {
    try (InputStream file = OpenApiResource.class.getResourceAsStream("/openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      this.document = new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.json cannot be read", e);
    }
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    return document;
  }
}
