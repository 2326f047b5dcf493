package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.source.manifests.ManifestContent;
import io.github.topologyxds.source.manifests.ManifestContent.Located;
import io.github.topologyxds.source.manifests.ManifestContent.Outcome;
import io.github.topologyxds.source.manifests.ObjectMerge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file as it counts: what stands in it now, and what stood in it before where the text of now is
 * broken.
 *
 * @param signature how the file looked before it was read
 * @param digest of its bytes; {@link Reading#NO_DIGEST} when it could not be read
 * @param text the last one that could be used at all
 * @param content what was made of the bytes of now
 * @param former the objects of before that the broken text does not have; they stay in force
 */
record LoadedFile(
    FolderScan.Signature signature,
    String digest,
    String text,
    ManifestContent content,
    List<Located> former) {

  static LoadedFile first(FolderScan.Signature signature, Reading reading) {
    return new LoadedFile(
        signature, reading.digest(), reading.text(), reading.content(), List.of());
  }

  /**
   * Returns the file with a new text. A text that is broken takes nothing away: whatever is missing
   * from it, and may be in its broken part, stays as it was.
   */
  LoadedFile next(FolderScan.Signature newSignature, Reading reading) {
    ManifestContent next = reading.contentInPlaceOf(text);
    String usable = next.outcome() == Outcome.UNUSABLE ? text : reading.text();
    if (next.outcome() == Outcome.COMPLETE) {
      return new LoadedFile(newSignature, reading.digest(), usable, next, List.of());
    }
    Set<ObjectKey> present = new HashSet<>();
    next.objects().forEach(located -> present.add(located.object().key()));
    List<Located> missing =
        Stream.concat(content.objects().stream(), former.stream())
            .filter(old -> !present.contains(old.object().key()))
            .toList();
    ManifestContent said = missing.isEmpty() ? next : next.staying();
    return new LoadedFile(newSignature, reading.digest(), usable, said, missing);
  }

  LoadedFile withSignature(FolderScan.Signature newSignature) {
    return new LoadedFile(newSignature, digest, text, content, former);
  }

  ObjectMerge.Part part() {
    return new ObjectMerge.Part(content.objects(), former, content.findings());
  }

  /** Whether a reading brings nothing new: the same bytes, or still no bytes. */
  boolean sameAs(Reading reading) {
    return digest.equals(reading.digest());
  }

  boolean readable() {
    return !digest.equals(Reading.NO_DIGEST);
  }

  /** Whether it can be read, and has not had a visible character yet. */
  boolean saysNothing() {
    return !broken() && text.isEmpty();
  }

  boolean broken() {
    return content.outcome() != Outcome.COMPLETE;
  }
}
