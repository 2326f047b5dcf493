package io.github.topologyxds.source.files;

import io.github.topologyxds.model.finding.FilePlace;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.source.manifests.ManifestContent;
import io.github.topologyxds.source.manifests.ManifestContent.Outcome;
import io.github.topologyxds.source.manifests.ManifestReader;
import io.github.topologyxds.source.manifests.ObjectMerge;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads manifests once, for the offline commands ({@code translate -f}, {@code plan -f}). */
public final class Manifests {
  /** Names what stands on standard input, as kubectl's {@code -f -} does. */
  public static final Path STANDARD_INPUT = Path.of("-");

  private Manifests() {}

  /**
   * What stands in the files.
   *
   * @param objects sorted by key, each key once
   * @param findings sorted
   * @param passedOver how many objects of each kind ({@code "apps/v1 Deployment"}) are not used
   * @param failed the files of which nothing could be read; a finding says why
   */
  public record Loaded(
      List<ModelObject> objects,
      List<Finding> findings,
      SortedMap<String, Integer> passedOver,
      SortedSet<Path> failed) {
    public Loaded {
      objects = List.copyOf(objects);
      findings = List.copyOf(findings);
      passedOver = Collections.unmodifiableSortedMap(new TreeMap<>(passedOver));
      failed = Collections.unmodifiableSortedSet(new TreeSet<>(failed));
    }
  }

  /**
   * Reads files, and the manifests directly in folders, in the order of their names.
   *
   * @throws SourceException when a path does not exist or cannot be opened
   */
  public static Loaded load(List<Path> paths) throws SourceException {
    ObjectMerge merge = new ObjectMerge();
    SortedMap<String, Integer> passedOver = new TreeMap<>();
    SortedSet<Path> failed = new TreeSet<>();
    for (Path file : files(paths, merge)) {
      Reading reading = read(file, paths);
      if (!reading.read()) {
        throw new SourceException("cannot read " + file + ": " + reading.fault());
      }
      ManifestContent content = reading.content();
      merge.put(file, new ObjectMerge.Part(content.objects(), content.findings()));
      content.passedOver().forEach((kind, count) -> passedOver.merge(kind, count, Integer::sum));
      if (content.outcome() == Outcome.UNUSABLE) {
        failed.add(file);
      }
    }
    List<ModelObject> objects =
        merge.keys().stream().flatMap(key -> merge.get(key).stream()).toList();
    return new Loaded(objects, merge.findings(), passedOver, failed);
  }

  /**
   * Reads a text as if it were the only file.
   *
   * @param name of it, in findings
   */
  public static Loaded of(String name, String text) {
    Path file = Path.of(name);
    ManifestContent content = ManifestReader.read(name, text);
    ObjectMerge merge = new ObjectMerge();
    merge.put(file, new ObjectMerge.Part(content.objects(), content.findings()));
    List<ModelObject> objects =
        merge.keys().stream().flatMap(key -> merge.get(key).stream()).toList();
    return new Loaded(
        objects,
        merge.findings(),
        content.passedOver(),
        content.outcome() == Outcome.UNUSABLE
            ? new TreeSet<>(List.of(file))
            : Collections.emptySortedSet());
  }

  /**
   * Returns the text of one file, or of {@link #STANDARD_INPUT}, as it is written.
   *
   * @throws SourceException when it cannot be read, is too large, or is no text
   */
  public static String text(Path file) throws SourceException {
    try {
      return ManifestFile.text(ManifestFile.bytes(file, ReadLimit.BY_NAME));
    } catch (IOException e) {
      throw new SourceException("cannot read " + file + ": " + ManifestFile.cause(e));
    }
  }

  /** Reads a file as one of a folder, unless somebody has named it. */
  static Reading read(Path file, List<Path> named) {
    return named.contains(file) ? Reading.ofNamed(file) : Reading.of(file);
  }

  /**
   * Returns the files of these paths, in the order of their names.
   *
   * @param merge is told of folders with nothing in them
   */
  static SortedSet<Path> files(List<Path> paths, ObjectMerge merge) throws SourceException {
    SortedSet<Path> files = new TreeSet<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      Set<Path> found = manifestsIn(path);
      if (found.isEmpty()) {
        String message = "no *.yaml, *.yml or *.json in this folder";
        Finding empty = Finding.of(Reason.INPUT_EMPTY, FilePlace.of(path.toString()), message);
        merge.put(path, new ObjectMerge.Part(List.of(), List.of(empty)));
      }
      files.addAll(found);
    }
    return files;
  }

  private static Set<Path> manifestsIn(Path folder) throws SourceException {
    try {
      return FolderScan.of(folder).files().keySet();
    } catch (IOException e) {
      throw new SourceException("cannot read the folder " + folder + ": " + ManifestFile.cause(e));
    }
  }
}
