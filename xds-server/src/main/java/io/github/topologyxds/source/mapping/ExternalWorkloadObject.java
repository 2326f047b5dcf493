package io.github.topologyxds.source.mapping;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
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
 * The custom resource {@code externalworkloads.topology-xds.io}, as the API and files write it;
 * {@code deploy/slices/externalworkload-crd.yaml} is its schema.
 */
// Without "None" it would be read as a GenericKubernetesResource, as HasMetadata says.
@JsonDeserialize(using = ValueDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("topology-xds.io")
@Version("v1alpha1")
@Kind("ExternalWorkload")
@Plural("externalworkloads")
@SuppressWarnings("serial") // HasMetadata is Serializable; its lists are, whatever their type says
public final class ExternalWorkloadObject implements HasMetadata, Namespaced {
  public static final String API_VERSION = "topology-xds.io/v1alpha1";
  public static final String KIND = "ExternalWorkload";

  @Serial private static final long serialVersionUID = 1L;

  @JsonProperty("apiVersion")
  private String apiVersion = API_VERSION;

  @JsonProperty("kind")
  private String kind = KIND;

  @JsonProperty("metadata")
  private ObjectMeta metadata = new ObjectMeta();

  @JsonProperty("spec")
  private @Nullable Spec spec;

  @JsonProperty("status")
  private @Nullable Status status;

  /** What the user writes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Spec implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @JsonProperty("addresses")
    @Nullable List<@Nullable String> addresses;

    @JsonProperty("ports")
    @Nullable List<@Nullable Port> ports;

    @JsonProperty("zone")
    @Nullable String zone;

    @JsonProperty("nodeName")
    @Nullable String nodeName;

    @JsonProperty("hostname")
    @Nullable String hostname;
  }

  /** A port that a Service's named targetPort finds. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Port implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @JsonProperty("name")
    @Nullable String name;

    @JsonProperty("port")
    @Nullable Integer port;

    @JsonProperty("protocol")
    @Nullable String protocol;
  }

  /** What a health checker writes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class Status implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @JsonProperty("conditions")
    @Nullable List<Condition> conditions;
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

  /** Takes the conditions of the status, which decide whether it is ready. */
  public void setConditions(List<Condition> conditions) {
    status = new Status();
    status.conditions = conditions;
  }
}
