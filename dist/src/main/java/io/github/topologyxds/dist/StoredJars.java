package io.github.topologyxds.dist;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars with the same entries, not compressed: the archive around them is compressed as a
 * whole, which makes 35 MB of what are 73 MB as jars. Of the jars with protos only those classes
 * are taken that the others can come to, of Envoy's a quarter; classes of an old format get a newer
 * one. Times and modes are the same wherever it is built.
 */
public final class StoredJars {
  /**
   * Envoy's protos (every extension in two versions, 93 MB) and Google's (all APIs' common ones, 9
   * MB).
   */
  private static final List<String> PROTOS = List.of("api-", "proto-google-common-protos-");

  private final Path target;
  private final Instant time;
  private final ReachableClasses protos = new ReachableClasses();

  private StoredJars(Path target, Instant time) {
    this.target = target;
    this.time = time;
  }

  /**
   * Copies all jars of a folder into another one.
   *
   * @param arguments the folder, the other folder, and the time of all entries and jars (ISO 8601)
   * @throws IOException when a jar cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    StoredJars copies = new StoredJars(Path.of(arguments[1]), Instant.parse(arguments[2]));
    Files.createDirectories(copies.target);
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    copies.findProtos(jars);
    for (Path jar : jars) {
      copies.copy(jar);
    }
    copies.writeClassPath(jars);
  }

  private static boolean isProtos(Path jar) {
    String name = jar.getFileName().toString();
    return PROTOS.stream().anyMatch(name::startsWith);
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class");
  }

  private static String className(ZipEntry entry) {
    return entry.getName().substring(0, entry.getName().length() - ".class".length());
  }

  private void findProtos(List<Path> jars) throws IOException {
    for (Path jar : jars.stream().filter(StoredJars::isProtos).toList()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().filter(StoredJars::isClass).toList()) {
          protos.add(className(entry), bytes(zip, entry));
        }
      }
    }
    for (Path jar : jars.stream().filter(jar -> !isProtos(jar)).toList()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().filter(StoredJars::isClass).toList()) {
          protos.reachFrom(bytes(zip, entry));
        }
      }
    }
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private void copy(Path jar) throws IOException {
    Path copy = target.resolve(jar.getFileName().toString());
    try (ZipFile zip = new ZipFile(jar.toFile());
        ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(copy)))) {
      out.setMethod(ZipOutputStream.STORED);
      OldClasses old = new OldClasses(zip);
      for (ZipEntry entry : zip.stream().toList()) {
        if (!isProtos(jar) || !isClass(entry) || protos.contains(className(entry))) {
          byte[] content = bytes(zip, entry);
          store(out, entry.getName(), isClass(entry) ? old.renewed(content) : content);
        }
      }
    }
    Files.setLastModifiedTime(copy, FileTime.from(time));
  }

  /**
   * A jar that names the others, so that {@code -jar} is all that a start needs, and the class path
   * has the same order everywhere, which the archive of classes asks for ({@code app/*} has none).
   */
  private void writeClassPath(List<Path> jars) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "io.github.topologyxds.Main");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        jars.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.joining(" ")));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    manifest.write(content);
    Path jar = target.resolve("topology-xds.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setMethod(ZipOutputStream.STORED);
      store(out, JarFile.MANIFEST_NAME, content.toByteArray());
    }
    Files.setLastModifiedTime(jar, FileTime.from(time));
  }

  private void store(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    entry.setSize(content.length);
    // Without a time zone: setTime would write the one of the machine that builds.
    entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
