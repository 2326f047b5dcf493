package io.github.topologyxds.pipeline;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import java.util.Optional;

/** Translates Services so that a defect of ours costs no more than the one that shows it. */
record GuardedTranslator(Translator translator, FindingRecorder findings) {
  /** Returns the translation; empty where it failed, which is a finding then. */
  Optional<ServiceTranslation> translate(ServiceState service) {
    try {
      return Optional.of(translator.translate(service));
    } catch (RuntimeException e) {
      ObjectName name = service.service().name();
      findings.defect(
          new Subject(Finder.DEFECT, name.toString()),
          Finding.of(
              Reason.TRANSLATION_FAILED,
              ObjectKey.service(name),
              Reason.TRANSLATION_FAILED.meaning()),
          e);
      return Optional.empty();
    }
  }
}
