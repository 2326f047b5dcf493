package io.github.topologyxds.source;

import io.github.topologyxds.source.ManifestContent.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what routing reads, as model objects; lives on one thread's stack. */
final class ModelTarget implements ObjectTarget {
  private final List<Located> objects = new ArrayList<>();

  List<Located> objects() {
    return objects;
  }

  @Override
  public Optional<UsedKind> kind(String apiVersion, String kind) {
    return UsedKind.of(apiVersion, kind);
  }

  @Override
  public Verdict accept(ReadableKind kind, Written written, String place) {
    MappedObject mapped = ((UsedKind) kind).map(written.values());
    return switch (mapped) {
      case MappedObject.Accepted accepted -> {
        objects.add(new Located(accepted.object(), place));
        yield new Verdict(true, accepted.findings());
      }
      case MappedObject.Refused refused -> new Verdict(false, refused.findings());
    };
  }
}
