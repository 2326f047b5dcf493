package io.github.topologyxds.source.files;

import io.github.topologyxds.lifecycle.WorkerThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Good texts on disk: one file for each, called by the SHA-256 of its path and the one of its text,
 * 32 hexadecimal digits each. So a text that is there already is not written again, whatever is
 * damaged does not fit its name, and files of another folder are passed over. Only the owner of the
 * process can read them: the folder's files may hold more than we use.
 *
 * <p>Written by a thread of its own; called by the thread that owns the {@link ManifestFolder}.
 */
final class GoodTextFolder implements GoodTexts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoodTextFolder.class);
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{32})-([0-9a-f]{32})");
  private static final long END_SECONDS = 5;

  private final Path folder;

  /** The name of what is on disk, by its first half. */
  private final Map<String, Path> kept = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor writer = WorkerThread.named("good-texts", Integer.MAX_VALUE);

  /** Owner: the thread "good-texts". */
  private boolean failing;

  private interface Step {
    void run() throws IOException;
  }

  private GoodTextFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, which is made if it is not there.
   *
   * @throws IOException when it cannot be listed
   */
  static GoodTextFolder open(Path folder) throws IOException {
    GoodTextFolder opened = new GoodTextFolder(Files.createDirectories(folder));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          opened.kept.put(name.group(1), file);
        }
      }
    }
    return opened;
  }

  private static String key(Path file) {
    return digest(file.toAbsolutePath().normalize().toString());
  }

  @Override
  public Optional<String> of(Path file) {
    String key = key(file);
    Path on = kept.get(key);
    if (on == null) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(on);
      if (String.valueOf(on.getFileName()).equals(key + "-" + digest(text))) {
        return Optional.of(text);
      }
      LOG.warn("the text of {} that was kept is damaged, and does not count", file);
    } catch (IOException e) {
      LOG.warn("the text of {} that was kept cannot be read: {}", file, e.toString());
    }
    return Optional.empty();
  }

  @Override
  public void keep(Path file, String text) {
    writer.execute(() -> say(() -> write(key(file), text)));
  }

  @Override
  public void forget(Path file) {
    writer.execute(() -> say(() -> delete(key(file))));
  }

  @Override
  public void retain(Set<Path> files) {
    Set<String> gone = new HashSet<>(kept.keySet());
    files.forEach(file -> gone.remove(key(file)));
    gone.forEach(key -> writer.execute(() -> say(() -> delete(key))));
  }

  private void write(String key, String text) throws IOException {
    Path to = folder.resolve(key + "-" + digest(text));
    if (to.equals(kept.get(key))) {
      return;
    }
    Path next = Files.createTempFile(folder, ".next", "");
    try {
      Files.writeString(next, text);
      Files.move(next, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
    Path former = kept.put(key, to);
    if (former != null) {
      Files.deleteIfExists(former);
    }
  }

  private void delete(String key) throws IOException {
    Path former = kept.remove(key);
    if (former != null) {
      Files.deleteIfExists(former);
    }
  }

  private void say(Step step) {
    try {
      step.run();
      if (failing) {
        failing = false;
        LOG.info("good texts are kept in {} again", folder);
      }
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.warn("good texts cannot be kept in {}: {}", folder, e.toString());
      }
    }
  }

  private static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Ends when all is written, or after 5 s. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("not all good texts are kept in {}: the disk is slow", folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
