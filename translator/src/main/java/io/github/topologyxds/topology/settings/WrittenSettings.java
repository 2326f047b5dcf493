package io.github.topologyxds.topology.settings;

import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what users have written on a Service and its Namespace. The first valid value applies; one
 * that is not allowed is a finding, and the next in line applies, or what its annotation says.
 */
public final class WrittenSettings {
  static final Annotation<Failover> FAILOVER =
      new Annotation<>(
          AnnotationNames.FAILOVER,
          TrafficAnnotations::failover,
          Reason.FAILOVER_INVALID,
          "anywhere, region, zone, none",
          Optional.empty());

  static final Annotation<ZoneWeights> ZONE_WEIGHTS =
      new Annotation<>(
          AnnotationNames.ZONE_WEIGHTS,
          TrafficAnnotations::zoneWeights,
          Reason.ZONE_WEIGHTS_INVALID,
          "ZONE=WEIGHT,.. with weights of 0 to 10000, one of them above 0, at most 100 zones",
          Optional.empty());

  static final Annotation<SpillBelow> SPILL_BELOW =
      new Annotation<>(
          AnnotationNames.SPILL_BELOW,
          TrafficAnnotations::spillBelow,
          Reason.SPILL_BELOW_INVALID,
          "1% to 100%",
          Optional.empty());

  static final Annotation<VisibleTo> VISIBLE_TO =
      new Annotation<>(
          AnnotationNames.VISIBLE_TO,
          TrafficAnnotations::visibleTo,
          Reason.VISIBLE_TO_INVALID,
          VisibleTo.ALLOWED,
          Optional.of(VisibleTo.OWN_NAMESPACE));

  static final Annotation<Balance> BALANCE =
      new Annotation<>(
          AnnotationNames.BALANCE,
          TrafficAnnotations::balance,
          Reason.BALANCE_INVALID,
          "strict, fair",
          Optional.empty());

  static final Annotation<OverloadThreshold> OVERLOAD_THRESHOLD =
      new Annotation<>(
          AnnotationNames.OVERLOAD_THRESHOLD,
          TrafficAnnotations::overloadThreshold,
          Reason.OVERLOAD_THRESHOLD_INVALID,
          "0% to 100%",
          Optional.empty());

  static final Annotation<ZonalShiftUse> ZONAL_SHIFT =
      new Annotation<>(
          AnnotationNames.ZONAL_SHIFT,
          TrafficAnnotations::zonalShift,
          Reason.ZONAL_SHIFT_INVALID,
          "follow, ignore",
          Optional.empty());

  static final Annotation<MaxConnectionAge> MAX_CONNECTION_AGE =
      new Annotation<>(
          AnnotationNames.MAX_CONNECTION_AGE,
          TrafficAnnotations::maxConnectionAge,
          Reason.MAX_CONNECTION_AGE_INVALID,
          MaxConnectionAge.ALLOWED,
          Optional.empty());

  private final ServiceState state;
  private final FindingSet findings;

  /**
   * An annotation that a Service and its Namespace may have.
   *
   * @param invalid the reason of the finding about a value that is not allowed
   * @param allowed what is, in words
   * @param instead what applies instead of a value that is not allowed; empty: the next in line
   */
  record Annotation<T>(
      String name,
      Function<TrafficAnnotations, String> read,
      Reason invalid,
      String allowed,
      Optional<T> instead) {}

  /** Reads the annotations of one Service. */
  public WrittenSettings(ServiceState state, FindingSet findings) {
    this.state = state;
    this.findings = findings;
  }

  /** Returns the Service's valid value, else the Namespace's, else the other one. */
  <T> Setting<T> first(
      Annotation<T> annotation, Function<String, Optional<T>> parse, Setting<T> otherwise) {
    NamespaceModel namespace = state.namespace();
    Optional<T> ofService =
        parsed(
            annotation,
            parse,
            annotation.read().apply(state.service().topology().traffic()),
            ObjectKey.service(state.service().name()));
    Optional<T> ofNamespace =
        namespace == null
            ? Optional.empty()
            : parsed(
                annotation,
                parse,
                annotation.read().apply(namespace.traffic()),
                ObjectKey.namespace(namespace.name()));
    return ofService
        .map(value -> new Setting<>(value, Origin.SERVICE))
        .or(() -> ofNamespace.map(value -> new Setting<>(value, Origin.NAMESPACE)))
        .orElse(otherwise);
  }

  private <T> Optional<T> parsed(
      Annotation<T> annotation,
      Function<String, Optional<T>> parse,
      String value,
      ObjectReference object) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> parsed = parse.apply(value);
    if (parsed.isEmpty()) {
      findings.add(
          Finding.of(
              annotation.invalid(),
              object,
              "annotation %s: \"%s\" (allowed: %s); %s"
                  .formatted(
                      annotation.name(),
                      Finding.quote(value),
                      annotation.allowed(),
                      annotation.instead().isEmpty()
                          ? "the next in line applies"
                          : "until then clients of the own namespace alone see it")));
    }
    return parsed.or(annotation::instead);
  }
}
