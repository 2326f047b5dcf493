package io.github.topologyxds.model.finding;

/**
 * Why something is odd: the reasons of {@link Finding findings}, in one place. (Why traffic goes
 * where it goes is the other enum, {@code topology.DecisionReason}: a reason that no finding has
 * does not belong here, as each constant is a series of {@code topology_xds_findings}.) The names
 * are stable: logs, metrics, Events and the command line print them verbatim, and users write
 * alerts on them. A new one needs its row in docs/routing.md, with its meaning as written here.
 */
public enum Reason {
  // Findings about endpoints and slices.
  AUTO_WITHOUT_HINTS(
      Severity.WARNING, "topology-mode Auto, but Kubernetes has set no usable hints"),
  ADDRESS_INVALID(Severity.ERROR, "not a literal unicast IP of the slice's family"),
  PORT_INVALID(Severity.ERROR, "not a port in 1..65535"),
  PORT_WITHOUT_NUMBER(Severity.ERROR, "a slice port without a number"),
  PORT_NOT_IN_SERVICE(Severity.WARNING, "a slice port that the Service does not have"),
  SLICE_WITHOUT_PORTS(Severity.WARNING, "a slice with endpoints, but without ports"),
  ZONE_INVALID(Severity.WARNING, "a zone that is no label value counts as unknown"),
  ENDPOINT_DUPLICATE(Severity.INFO, "the same ip:port stands in several places"),
  FQDN_SLICE(Severity.WARNING, "addressType FQDN beside IPs, or for a UDP port, is not served"),
  ENDPOINTS_BY_NAME(Severity.INFO, "names that Envoys resolve, and others do not get"),
  SLICE_WITHOUT_SERVICE(Severity.WARNING, "no Service of that name exists"),
  SLICE_WITHOUT_LABEL(Severity.WARNING, "the label kubernetes.io/service-name is missing"),
  SLICE_HEADLESS_LABEL(Severity.WARNING, "a headless slice of a Service that is not headless"),

  // Findings about Services and Namespaces.
  SERVICE_WITHOUT_SLICES(Severity.WARNING, "the Service has no EndpointSlice"),
  SERVICE_WITHOUT_PORTS(Severity.INFO, "a Service without ports has nothing to serve"),
  PORT_NOT_IN_SLICES(Severity.WARNING, "no EndpointSlice has this port of the Service"),
  ONLY_OTHER_FAMILY(Severity.WARNING, "only the Service's second address family has endpoints"),
  EXTERNAL_NAME(Severity.INFO, "an ExternalName Service is served by its ports, and has none"),
  SERVICE_PORTS_LIMIT(
      Severity.ERROR, "more ports than --max-ports-per-service: the highest are left out"),
  SERVICE_ENDPOINTS_LIMIT(
      Severity.ERROR, "more ports x endpoints than allowed: the highest ports are left out"),
  NAMESPACE_LIMIT(Severity.ERROR, "its Namespace has more than is served of one: it is left out"),
  CLUSTERS_LIMIT(Severity.ERROR, "more ports than clients may ask for: it is left out"),
  MEMORY_BUDGET(Severity.ERROR, "no room for this Service: it is left out, the youngest first"),
  SERVICE_PORT_INVALID(Severity.ERROR, "not a port in 1..65535"),
  PROTOCOL_WITHOUT_ROUTE(Severity.INFO, "a UDP port has endpoints but no HTTP route"),
  PROTOCOL_NOT_SERVED(Severity.WARNING, "Envoy has no SCTP"),
  PREFERENCE_INVALID(Severity.WARNING, "allowed: none, same-zone, same-node"),
  NOT_READY_INVALID(Severity.WARNING, "allowed: auto, omit"),
  FAILOVER_INVALID(Severity.WARNING, "allowed: anywhere, region, zone, none"),
  FAILOVER_RESTRICTED(Severity.WARNING, "failover leaves some clients without an endpoint"),
  ZONE_WEIGHTS_INVALID(Severity.WARNING, "allowed: ZONE=WEIGHT,.. of 0 to 10000, one above 0"),
  ZONE_WEIGHTS_UNKNOWN_ZONE(Severity.WARNING, "zone-weights names a zone that nobody has"),
  SPILL_BELOW_INVALID(Severity.WARNING, "allowed: 1% to 100%"),
  NEAR_OVERLOADED(Severity.WARNING, "near routing loads some endpoints far above the mean"),
  BALANCE_INVALID(Severity.WARNING, "allowed: strict, fair"),
  OVERLOAD_THRESHOLD_INVALID(Severity.WARNING, "allowed: 0% to 100%"),
  ZONAL_SHIFT_INVALID(Severity.WARNING, "allowed: follow, ignore"),
  ZONAL_SHIFT_NOT_FOLLOWED(
      Severity.WARNING, "internalTrafficPolicy Local: an emptied zone's clients stay there"),
  ZONAL_SHIFT_LEAVES_NONE(
      Severity.WARNING, "a Strict zonal shift leaves some clients without an endpoint"),
  MAX_CONNECTION_AGE_INVALID(Severity.WARNING, "allowed: 1s to 168h, such as 10m or 1h30m"),
  MAX_CONNECTION_AGES_LIMIT(
      Severity.WARNING, "more than 8 different max-connection-ages: those of the oldest Services"),
  VISIBLE_TO_INVALID(
      Severity.WARNING, "visible-to hides the Service from others: allowed: *, . or ns1,ns2"),
  SETTING_WITHOUT_EFFECT(Severity.WARNING, "a setting cannot act beside another one"),
  SESSION_AFFINITY(Severity.WARNING, "sessionAffinity ClientIP is not supported"),
  PORT_PROTOCOL_CONFLICT(Severity.WARNING, "a port's name and appProtocol say different things"),
  DOMAIN_CONFLICT(Severity.WARNING, "another Service answers to this domain already"),
  CLUSTER_IP_INVALID(Severity.WARNING, "not an IP that a Service may have"),
  CLUSTER_IP_OUT_OF_RANGE(Severity.WARNING, "not in --service-cidrs"),
  SERVICE_CIDR_INVALID(Severity.WARNING, "not a range that clusterIPs may be in"),
  UNKNOWN_ADDRESSES_LIMIT(
      Severity.WARNING, "a sidecar connects to more addresses of no Service than are passed on"),
  RESOURCE_NAME_CONFLICT(Severity.ERROR, "two ports of a Service have the same name"),
  RESOURCE_INVALID(Severity.ERROR, "Envoy would refuse this resource"),
  TRANSLATION_FAILED(Severity.ERROR, "a defect of topology-xds; the Service keeps what it had"),

  // Findings about ZonalShifts (docs/evacuate.md).
  ZONAL_SHIFT_REFUSED(Severity.WARNING, "a zonal shift that may not act: nothing moves"),
  ZONAL_SHIFT_ZONE_UNKNOWN(Severity.WARNING, "a zonal shift names a zone that nobody has"),

  // Findings about EndpointSlices of our own (docs/slices.md).
  HINTS_NODES_INSUFFICIENT(Severity.WARNING, "Auto: a ready Node has no zone or CPU, or one zone"),
  HINTS_TOO_FEW_ENDPOINTS(Severity.WARNING, "Auto: fewer ready endpoints than zones"),
  HINTS_OVERLOAD(Severity.WARNING, "Auto: a zone would get 20 % more than its share of traffic"),
  HINTS_ZONE_MISSING(Severity.WARNING, "a ready endpoint of ours has no zone to be hinted for"),
  ADDRESS_NOT_ALLOWED(Severity.ERROR, "not in --external-workload-cidrs"),
  ADDRESS_OF_ANOTHER_MANAGER(Severity.WARNING, "another manager publishes this ip:port already"),
  TARGET_PORT_UNKNOWN(Severity.WARNING, "no port of the name that targetPort has"),
  NODE_NAME_INVALID(Severity.WARNING, "a nodeName or hostname that no API server takes"),
  SLICE_TAKEN_OVER(Severity.WARNING, "somebody took our label off this slice: left alone"),
  SLICE_FOUGHT_OVER(Severity.WARNING, "others change our slices again and again: paused"),
  SLICE_OF_ANOTHER_INSTALLATION(Severity.ERROR, "our managed-by, but another installation's id"),
  SLICE_UNCLAIMED(Severity.WARNING, "our managed-by, but no installation's id or no owner"),
  MIRROR_REFUSED(Severity.WARNING, "topology-xds.io/mirror has no effect here"),

  // Findings about input files and objects.
  FILE_UNREADABLE(Severity.ERROR, "the file cannot be read"),
  TLS_FILE_INVALID(Severity.WARNING, "a rotated TLS file is not usable: the one before stays"),
  YAML_INVALID(Severity.ERROR, "the text is no YAML"),
  OBJECT_INVALID(Severity.ERROR, "not a Kubernetes object of this kind"),
  FIELD_UNKNOWN(Severity.WARNING, "the kind has no such field"),
  FIELD_TYPE(Severity.ERROR, "the field has another type"),
  FIELD_VALUE(Severity.WARNING, "the field allows other values"),
  OBJECT_DUPLICATE(Severity.WARNING, "the same object stands in several places"),
  NAME_INVALID(Severity.ERROR, "not a valid Kubernetes name"),
  KIND_PASSED_OVER(Severity.INFO, "the kind is not used"),
  KIND_UNKNOWN(Severity.ERROR, "looks like a kind that is used, but is misspelt or not rendered"),
  STATE_RESTORED(Severity.WARNING, "a state of before this start is served: --snapshot"),
  INPUT_EMPTY(Severity.WARNING, "no Kubernetes object was found");

  private final Severity severity;
  private final String meaning;

  Reason(Severity severity, String meaning) {
    this.severity = severity;
    this.meaning = meaning;
  }

  /** Returns how much a finding with this reason matters. */
  public Severity severity() {
    return severity;
  }

  /** Returns one line that explains the reason to a user. */
  public String meaning() {
    return meaning;
  }
}
