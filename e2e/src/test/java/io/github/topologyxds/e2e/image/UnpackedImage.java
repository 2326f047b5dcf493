package io.github.topologyxds.e2e.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image's tar, as {@code docker load} takes it, with its layers put on top of each other.
 *
 * @param root the files of all layers
 * @param description the image's configuration file
 * @param entries of all layers
 */
record UnpackedImage(Path root, JsonNode description, List<Entry> entries) {

  /**
   * A file or folder of a layer.
   *
   * @param name relative to the root, folders with a slash at the end
   */
  record Entry(String name, Instant modified, long owner, int mode) {}

  static UnpackedImage of(Path tar, Path folder) throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    unpack(tar, parts, new ArrayList<>());
    JsonMapper mapper = new JsonMapper();
    JsonNode manifest = mapper.readTree(Files.readString(parts.resolve("manifest.json"))).get(0);
    Path root = Files.createDirectory(folder.resolve("root"));
    List<Entry> entries = new ArrayList<>();
    for (JsonNode layer : manifest.get("Layers")) {
      unpack(parts.resolve(layer.asString()), root, entries);
    }
    Path config = parts.resolve(manifest.get("Config").asString());
    return new UnpackedImage(root, mapper.readTree(Files.readString(config)), entries);
  }

  /** How its containers start: entry point, user, ports. */
  JsonNode config() {
    return description.get("config");
  }

  List<String> strings(String field) {
    List<String> strings = new ArrayList<>();
    config().get(field).forEach(element -> strings.add(element.asString()));
    return strings;
  }

  private static void unpack(Path tar, Path into, List<Entry> entries) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(tar));
        TarArchiveInputStream in = new TarArchiveInputStream(plain(tar, file))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new IOException("an entry leaves its folder: " + entry.getName());
        }
        entries.add(
            new Entry(
                entry.getName(),
                entry.getLastModifiedTime().toInstant(),
                entry.getLongUserId(),
                entry.getMode()));
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.resolve("..").normalize());
          Files.copy(in, path);
          // As an engine does: the JVM compares times, and a program must be one.
          Files.setLastModifiedTime(path, entry.getLastModifiedTime());
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException(path + " cannot be made executable");
          }
        }
      }
    }
  }

  private static InputStream plain(Path tar, InputStream in) throws IOException {
    return tar.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
