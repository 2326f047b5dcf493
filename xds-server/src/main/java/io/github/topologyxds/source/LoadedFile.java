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
 * @param digest of its bytes; {@link Reading#NO_DIGEST} when it could not be read
 * @param text the last one that could be used at all
 * @param content what was made of the bytes of now
 * @param objects the objects in force
 */
record LoadedFile(
    FolderScan.Signature signature,
    String digest,
    String text,
    ManifestContent content,
    List<Located> objects) {

  static LoadedFile first(FolderScan.Signature signature, Reading reading) {
    ManifestContent content = reading.content();
    return new LoadedFile(signature, reading.digest(), reading.text(), content, content.objects());
  }

  /**
   * Returns the file with a new text. A text that is broken takes nothing away: whatever is missing
   * from it, and may be in its broken part, stays as it was.
   */
  LoadedFile next(FolderScan.Signature newSignature, Reading reading) {
    ManifestContent next = reading.contentInPlaceOf(text);
    List<Located> inForce = new ArrayList<>(next.objects());
    if (next.outcome() != Outcome.COMPLETE) {
      Set<ObjectKey> present = new HashSet<>();
      inForce.forEach(located -> present.add(located.object().key()));
      objects.stream().filter(old -> !present.contains(old.object().key())).forEach(inForce::add);
    }
    String usable = next.outcome() == Outcome.UNUSABLE ? text : reading.text();
    return new LoadedFile(newSignature, reading.digest(), usable, next, List.copyOf(inForce));
  }

  LoadedFile withSignature(FolderScan.Signature newSignature) {
    return new LoadedFile(newSignature, digest, text, content, objects);
  }

  /** Returns the worst warning or error with its place, in one line; empty when all is in order. */
  Optional<String> complaint() {
    List<Finding> worst =
        content.findings().stream()
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
