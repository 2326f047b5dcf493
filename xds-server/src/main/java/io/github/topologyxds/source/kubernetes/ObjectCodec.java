package io.github.topologyxds.source.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.github.topologyxds.kubernetes.ApiFailure;
import io.github.topologyxds.kubernetes.ApiStatus;
import io.github.topologyxds.kubernetes.ExpectedKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.state.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what the API server writes and maps it at once. What nobody here reads is not even made
 * into objects: {@code managedFields}, often half of the bytes, the status of Services, and that of
 * Nodes but for their CPU.
 */
final class ObjectCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
          .addMixIn(NodeStatus.class, AllocatableOnly.class)
          .addMixIn(Service.class, WithoutStatus.class)
          .build();

  /** A Node's conditions say whether it is ready, which hints depend on. */
  private static final JsonMapper WITH_STATUS =
      JsonMapper.builder().addMixIn(ObjectMeta.class, WithoutManagedFields.class).build();

  private static final Logger LOG = LoggerFactory.getLogger(ObjectCodec.class);

  private ObjectCodec() {}

  private static JsonMapper mapper(WatchedKind kind) {
    return kind.routes() ? JSON : WITH_STATUS;
  }

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  @JsonIgnoreProperties("status")
  private interface WithoutStatus {}

  @JsonIncludeProperties("allocatable")
  private interface AllocatableOnly {}

  /** One page of a LIST, as it stands in JSON. */
  private record ListAnswer<T>(
      @Nullable String kind,
      @Nullable String apiVersion,
      @Nullable ListMetadata metadata,
      @Nullable List<T> items) {}

  private record ListMetadata(
      @Nullable String resourceVersion, @JsonProperty("continue") @Nullable String next) {}

  /**
   * One page of a LIST.
   *
   * @param next the token for the page after this one, "" on the last
   */
  record Page(ResourceVersion version, String next, List<ObservedObject> objects) {}

  /**
   * Reads one page of a LIST.
   *
   * @throws ApiFailure UNREADABLE when it is no such JSON; a single object that cannot be read is a
   *     finding instead
   */
  static Page page(WatchedKind kind, byte[] json) throws ApiFailure {
    try {
      JavaType type = JSON.getTypeFactory().constructParametricType(ListAnswer.class, kind.type());
      ListAnswer<HasMetadata> answer = mapper(kind).readValue(json, type);
      for (HasMetadata item : items(kind, answer)) {
        ExpectedKind.object(kind.kind()).require(item.getKind(), item.getApiVersion());
      }
      return page(answer, item -> observed(kind, item));
    } catch (JacksonException e) {
      return oneByOne(kind, json);
    }
  }

  /** Slower, but one odd object does not spoil the others. */
  private static Page oneByOne(WatchedKind kind, byte[] json) throws ApiFailure {
    try {
      JavaType type =
          JSON.getTypeFactory().constructParametricType(ListAnswer.class, JsonNode.class);
      ListAnswer<JsonNode> answer = JSON.readValue(json, type);
      for (JsonNode item : items(kind, answer)) {
        ExpectedKind.object(kind.kind()).require(item);
      }
      return page(answer, item -> observed(kind, item));
    } catch (JacksonException e) {
      throw unreadable("a list of " + kind.kind().plural(), e);
    }
  }

  private static <T> Page page(@Nullable ListAnswer<T> answer, Function<T, ObservedObject> observed)
      throws ApiFailure {
    ListMetadata metadata = answer == null ? null : answer.metadata();
    if (answer == null || metadata == null || orEmpty(metadata.resourceVersion()).isEmpty()) {
      throw new ApiFailure(ApiFailure.Kind.UNREADABLE, "answers with what is no list");
    }
    List<ObservedObject> objects = new ArrayList<>();
    for (T item : Objects.requireNonNullElse(answer.items(), List.<T>of())) {
      if (item != null) {
        objects.add(observed.apply(item));
      }
    }
    return new Page(
        new ResourceVersion(orEmpty(metadata.resourceVersion())),
        orEmpty(metadata.next()),
        objects);
  }

  /**
   * Reads one line of a WATCH.
   *
   * @throws ApiFailure GONE or UNAVAILABLE for an ERROR event, UNREADABLE for what is no event
   */
  static Observation event(Feed feed, String line) throws ApiFailure {
    try {
      JsonNode event = JSON.readTree(line);
      JsonNode object = event.path("object");
      String type = event.path("type").asString("");
      if (!object.isObject()) {
        throw new ApiFailure(ApiFailure.Kind.UNREADABLE, "sends an event without an object");
      }
      if (!type.equals("ERROR")) {
        ExpectedKind.object(feed.watched().kind()).require(object);
      }
      return switch (type) {
        case "ADDED", "MODIFIED" -> new Observation.Changed(feed, observed(feed.watched(), object));
        case "DELETED" ->
            new Observation.Deleted(feed, key(feed.watched(), object), version(object));
        case "BOOKMARK" -> new Observation.Reached(feed, version(object));
        case "ERROR" -> throw ApiStatus.failure(object.path("code").asInt(0), object);
        default ->
            throw new ApiFailure(
                ApiFailure.Kind.UNREADABLE,
                "sends an event of the unknown type \"" + Finding.quote(type) + "\"");
      };
    } catch (JacksonException e) {
      throw unreadable("an event", e);
    }
  }

  /** Returns what a LIST holds, once it is known to be the list that was asked for. */
  private static <T> List<T> items(WatchedKind kind, @Nullable ListAnswer<T> answer)
      throws ApiFailure {
    if (answer == null) {
      return List.of();
    }
    ExpectedKind.list(kind.kind()).require(answer.kind(), answer.apiVersion());
    return Objects.requireNonNullElse(answer.items(), List.<T>of()).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  private static ObservedObject observed(WatchedKind kind, JsonNode json) {
    try {
      return observed(kind, mapper(kind).treeToValue(json, kind.type()));
    } catch (JacksonException e) {
      ObjectKey key = key(kind, json);
      Finding finding =
          Finding.of(
              Reason.OBJECT_INVALID,
              key,
              "cannot be read: " + Finding.quote(e.getOriginalMessage(), 200));
      return new ObservedObject(
          key, metadata(json, "uid"), version(json), new MappedObject.Refused(List.of(finding)));
    }
  }

  private static ObservedObject observed(WatchedKind kind, HasMetadata object) {
    ObjectMeta metadata = Objects.requireNonNullElseGet(object.getMetadata(), ObjectMeta::new);
    ObjectName name = new ObjectName(orEmpty(metadata.getNamespace()), orEmpty(metadata.getName()));
    return new ObservedObject(
        new ObjectKey(kind.kind(), name),
        orEmpty(metadata.getUid()),
        new ResourceVersion(orEmpty(metadata.getResourceVersion())),
        mapped(kind, object, name));
  }

  /** A defect of ours that one object meets must not keep the others away. */
  private static MappedObject mapped(WatchedKind kind, HasMetadata object, ObjectName name) {
    try {
      return kind.map(object);
    } catch (RuntimeException e) {
      LOG.error("{} {}: a defect of ours", kind.kind().label(), name, e);
      return refused(new ObjectKey(kind.kind(), name));
    }
  }

  private static MappedObject refused(ObjectKey key) {
    return new MappedObject.Refused(
        List.of(
            Finding.of(
                Reason.OBJECT_INVALID, key, "cannot be taken in (a defect of topology-xds)")));
  }

  private static ObjectKey key(WatchedKind kind, JsonNode json) {
    return new ObjectKey(
        kind.kind(), new ObjectName(metadata(json, "namespace"), metadata(json, "name")));
  }

  private static ResourceVersion version(JsonNode json) {
    return new ResourceVersion(metadata(json, "resourceVersion"));
  }

  private static String metadata(JsonNode json, String field) {
    return json.path("metadata").path(field).asString("");
  }

  static ApiFailure unreadable(String what, JacksonException cause) {
    ApiFailure failure =
        new ApiFailure(
            ApiFailure.Kind.UNREADABLE,
            "sends "
                + what
                + " that cannot be read: "
                + Finding.quote(cause.getOriginalMessage(), 200));
    failure.initCause(cause);
    return failure;
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
