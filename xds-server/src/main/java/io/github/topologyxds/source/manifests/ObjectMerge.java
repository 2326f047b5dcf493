package io.github.topologyxds.source.manifests;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestContent.Located;
import io.github.topologyxds.state.ModelObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of several files as one state: each key once, the first file's wins. Kept up to date
 * file by file: a file that changes costs what stands in it, whatever the others hold. Owned by one
 * thread at a time.
 */
public final class ObjectMerge {
  private final Map<Path, Claims> files = new HashMap<>();

  /** The files that have an object, or had it before they broke, sorted. */
  private final Map<ObjectKey, List<Path>> claimants = new HashMap<>();

  private final Map<ObjectKey, List<Finding>> duplicates = new HashMap<>();
  private final CountedFindings findings = new CountedFindings();

  /**
   * What one file brings.
   *
   * @param former what stood in the file before it broke: counts where no file has the object now
   */
  public record Part(List<Located> objects, List<Located> former, List<Finding> findings) {
    /** A file without objects. */
    public static final Part NOTHING = new Part(List.of(), List.of(), List.of());

    /** A file that is as it should be, or is read for the first time. */
    public Part(List<Located> objects, List<Finding> findings) {
      this(objects, List.of(), findings);
    }
  }

  /** A part by key; a key may stand in a file more than once. */
  private record Claims(
      Map<ObjectKey, List<Located>> objects,
      Map<ObjectKey, Located> former,
      List<Finding> findings) {
    static final Claims NONE = new Claims(Map.of(), Map.of(), List.of());

    static Claims of(Part part) {
      Map<ObjectKey, List<Located>> objects = new LinkedHashMap<>();
      part.objects()
          .forEach(one -> objects.merge(one.object().key(), List.of(one), ObjectMerge::joined));
      Map<ObjectKey, Located> former = new HashMap<>();
      part.former().forEach(one -> former.putIfAbsent(one.object().key(), one));
      return new Claims(Map.copyOf(objects), Map.copyOf(former), part.findings());
    }

    Set<ObjectKey> keys() {
      Set<ObjectKey> keys = new TreeSet<>(objects.keySet());
      keys.addAll(former.keySet());
      return keys;
    }
  }

  /**
   * A file says this from now on, instead of what it said before.
   *
   * @return the keys of which {@link #get} may answer otherwise now
   */
  public Set<ObjectKey> put(Path file, Part part) {
    Claims now = Claims.of(part);
    Claims before = now.equals(Claims.NONE) ? files.remove(file) : files.put(file, now);
    Claims was = before == null ? Claims.NONE : before;
    findings.replace(was.findings(), now.findings());
    Set<ObjectKey> touched = was.keys();
    touched.forEach(key -> claimants.computeIfPresent(key, (k, paths) -> without(paths, file)));
    Set<ObjectKey> claimed = now.keys();
    claimed.forEach(key -> claimants.merge(key, List.of(file), ObjectMerge::sorted));
    touched.addAll(claimed);
    touched.forEach(this::settleDuplicates);
    return touched;
  }

  /** Returns the object that counts; empty when no file has it. */
  public Optional<ModelObject> get(ObjectKey key) {
    return claims(key)
        .flatMap(file -> file.objects().getOrDefault(key, List.of()).stream())
        .findFirst()
        .or(() ->
            claims(key).flatMap(file -> Stream.ofNullable(file.former().get(key))).findFirst())
        .map(Located::object);
  }

  /** Returns all keys, sorted. */
  public Set<ObjectKey> keys() {
    return new TreeSet<>(claimants.keySet());
  }

  /** Returns what is odd about the files and their objects: sorted, each once. */
  public List<Finding> findings() {
    return findings.list();
  }

  private Stream<Claims> claims(ObjectKey key) {
    return claimants.getOrDefault(key, List.of()).stream()
        .map(file -> files.getOrDefault(file, Claims.NONE));
  }

  private void settleDuplicates(ObjectKey key) {
    List<Located> all =
        claims(key).flatMap(file -> file.objects().getOrDefault(key, List.of()).stream()).toList();
    List<Finding> now =
        all.stream().skip(1).map(loser -> duplicate(all.getFirst(), loser)).toList();
    List<Finding> before = now.isEmpty() ? duplicates.remove(key) : duplicates.put(key, now);
    findings.replace(before == null ? List.of() : before, now);
  }

  private static Finding duplicate(Located winner, Located loser) {
    return Finding.of(
        Reason.OBJECT_DUPLICATE,
        loser.object().key(),
        "it stands in " + winner.place() + " and in " + loser.place() + "; the first one counts");
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static List<Path> sorted(List<Path> some, List<Path> more) {
    return Stream.concat(some.stream(), more.stream()).sorted().toList();
  }

  /** Null without any, so that a map forgets the key. */
  private static @Nullable List<Path> without(List<Path> paths, Path file) {
    List<Path> rest = new ArrayList<>(paths);
    rest.remove(file);
    return rest.isEmpty() ? null : List.copyOf(rest);
  }
}
