package io.github.topologyxds.source.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.ExpectedKind;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.state.ResourceVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One page of a LIST of which nothing but the metadata is read.
 *
 * @param next the token for the page after this one, "" on the last
 */
record MetadataList(ResourceVersion version, String next, List<ObjectIdentity> objects) {
  /**
   * What to ask for: the API server leaves everything but the metadata away, whatever the kind
   * (PartialObjectMetadataList, Kubernetes 1.15); a server that cannot answers with whole objects.
   */
  static final String ACCEPT =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private static final String METADATA_ALONE = "PartialObjectMetadataList";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Answer(
      @Nullable String kind,
      @Nullable String apiVersion,
      @Nullable Metadata metadata,
      @Nullable List<@Nullable Item> items) {}

  private record Item(@Nullable Metadata metadata) {}

  /** Of a list or of an object. */
  private record Metadata(
      @Nullable String resourceVersion,
      @JsonProperty("continue") @Nullable String next,
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String uid) {
    static final Metadata NONE = new Metadata(null, null, null, null, null);

    ResourceVersion version() {
      return new ResourceVersion(orEmpty(resourceVersion));
    }

    ObjectIdentity of(ObjectKind kind) {
      ObjectName whole = new ObjectName(orEmpty(namespace), orEmpty(name));
      return new ObjectIdentity(new ObjectKey(kind, whole), orEmpty(uid), version());
    }
  }

  /**
   * Reads an answer.
   *
   * @throws ApiFailure UNREADABLE when it is no list
   */
  static MetadataList read(WatchedKind kind, byte[] json) throws ApiFailure {
    try {
      Answer answer = JSON.readValue(json, Answer.class);
      Metadata metadata = answer == null ? null : answer.metadata();
      if (answer == null || metadata == null || orEmpty(metadata.resourceVersion()).isEmpty()) {
        throw new ApiFailure(ApiFailure.Kind.UNREADABLE, "answers with what is no list");
      }
      if (!METADATA_ALONE.equals(answer.kind())) {
        ExpectedKind.list(kind.kind()).require(answer.kind(), answer.apiVersion());
      }
      List<ObjectIdentity> objects =
          Objects.requireNonNullElse(answer.items(), List.<@Nullable Item>of()).stream()
              .filter(Objects::nonNull)
              .map(item ->
                  Objects.requireNonNullElse(item.metadata(), Metadata.NONE).of(kind.kind()))
              .toList();
      return new MetadataList(metadata.version(), orEmpty(metadata.next()), objects);
    } catch (JacksonException e) {
      throw ObjectCodec.unreadable("a list", e);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
