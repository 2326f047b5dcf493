package io.github.topologyxds.source;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.Severity;
import io.github.topologyxds.source.ManifestContent.Located;
import io.github.topologyxds.source.ManifestContent.Outcome;
import io.github.topologyxds.state.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file as it counts: what stands in it now, and what stood in it before where the text of now is
 * broken.
 *
 * @param signature how the file looked before it was read
 * @param digest of its bytes, or of the error that kept it from being read
 * @param objects the objects in force
 * @param findings of the text of now, so also why it is not in force
 */
record LoadedFile(
    FolderScan.Signature signature,
    String digest,
    Outcome outcome,
    List<Located> objects,
    List<Finding> findings) {

  static LoadedFile first(FolderScan.Signature signature, String digest, ManifestContent content) {
    return new LoadedFile(
        signature, digest, content.outcome(), content.objects(), content.findings());
  }

  /**
   * Returns the file with a new text. A text that is broken takes nothing away: whatever is missing
   * from it, and may be in its broken part, stays as it was.
   */
  LoadedFile next(FolderScan.Signature newSignature, String newDigest, ManifestContent content) {
    LoadedFile next = first(newSignature, newDigest, content);
    if (content.outcome() == Outcome.COMPLETE) {
      return next;
    }
    Set<ObjectKey> present = new HashSet<>();
    content.objects().forEach(located -> present.add(located.object().key()));
    List<Located> kept = new ArrayList<>(content.objects());
    objects.stream().filter(old -> !present.contains(old.object().key())).forEach(kept::add);
    return new LoadedFile(
        newSignature, newDigest, content.outcome(), List.copyOf(kept), next.findings);
  }

  LoadedFile withSignature(FolderScan.Signature newSignature) {
    return new LoadedFile(newSignature, digest, outcome, objects, findings);
  }

  /** Returns the worst warning or error with its place, in one line; empty when all is in order. */
  Optional<String> complaint() {
    List<Finding> worst =
        findings.stream()
            .filter(finding -> finding.severity() != Severity.INFO)
            .sorted(Comparator.comparing(Finding::severity).reversed())
            .toList();
    String more = worst.size() > 1 ? " (and " + (worst.size() - 1) + " more)" : "";
    return worst.stream().findFirst().map(e -> e.object() + ": " + e.message() + more);
  }

  /** Whether a reading brings nothing new: the same bytes, or still no bytes. */
  boolean sameAs(Reading reading) {
    return digest.equals(reading.digest());
  }

  boolean readable() {
    return !digest.equals(Reading.NO_DIGEST);
  }
}
