package io.github.topologyxds.source.mapping;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * The custom resource {@code zonalshifts.topology-xds.io}, as the API and files write it; {@code
 * deploy/zonal-shift/zonalshift-crd.yaml} is its schema.
 */
// Without "None" it would be read as a GenericKubernetesResource, as HasMetadata says.
@JsonDeserialize(using = ValueDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("topology-xds.io")
@Version("v1alpha1")
@Kind("ZonalShift")
@Plural("zonalshifts")
@SuppressWarnings("serial") // HasMetadata is Serializable; its lists are, whatever their type says
public final class ZonalShiftObject implements HasMetadata {
  @Serial private static final long serialVersionUID = 1L;

  @JsonProperty("apiVersion")
  private String apiVersion = "topology-xds.io/v1alpha1";

  @JsonProperty("kind")
  private String kind = "ZonalShift";

  @JsonProperty("metadata")
  private ObjectMeta metadata = new ObjectMeta();

  @JsonProperty("spec")
  private @Nullable Spec spec;

  @JsonProperty("status")
  private @Nullable Status status;

  /** What the leader writes; of what others have written, what it would write. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Status implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @JsonProperty("phase")
    @Nullable String phase;

    @JsonProperty("observedGeneration")
    @Nullable Long observedGeneration;

    @JsonProperty("conditions")
    @Nullable List<Condition> conditions;
  }

  /** What the user writes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Spec implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @JsonProperty("awayFrom")
    @Nullable String awayFrom;

    @JsonProperty("expireAt")
    @Nullable String expireAt;

    @JsonProperty("mode")
    @Nullable String mode;

    @JsonProperty("returnOver")
    @Nullable String returnOver;

    @JsonProperty("comment")
    @Nullable String comment;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  @Override
  public String getKind() {
    return kind;
  }

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public void setApiVersion(String apiVersion) {
    this.apiVersion = apiVersion;
  }

  @Nullable Spec spec() {
    return spec;
  }

  @Nullable Status status() {
    return status;
  }
}
