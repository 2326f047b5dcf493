package io.github.topologyxds.source;

import io.github.topologyxds.source.ManifestContent.Located;
import java.util.ArrayList;
import java.util.List;

/** Collects what routing reads, as model objects; lives on one thread's stack. */
final class ModelTarget implements ObjectTarget {
  private final List<Located> objects = new ArrayList<>();

  List<Located> objects() {
    return objects;
  }

  @Override
  public List<UsedKind> kinds() {
    return List.of(UsedKind.values());
  }

  @Override
  public Verdict accept(ReadableKind kind, Written written) {
    MappedObject mapped = ((UsedKind) kind).map(written);
    return switch (mapped) {
      case MappedObject.Accepted accepted -> {
        objects.add(new Located(accepted.object(), written.places().of()));
        yield new Verdict(true, accepted.findings());
      }
      case MappedObject.Refused refused -> new Verdict(false, refused.findings());
    };
  }
}
