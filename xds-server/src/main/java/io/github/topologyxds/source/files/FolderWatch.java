package io.github.topologyxds.source.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's notifications of what changes directly in a folder (the JDK's WatchService: inotify
 * on Linux), where they can be relied on: not on network file systems, whose other users' writes
 * are not told, and not where the JDK itself only polls. One thread uses it; any may close it.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

  /** Kept by one kernel alone, so that all writes are told; names as in /proc/filesystems. */
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "bcachefs",
          "f2fs",
          "zfs",
          "jfs",
          "overlay",
          "tmpfs",
          "ramfs");

  private final Path folder;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final @Nullable WatchService service;
  private @Nullable WatchKey key;

  /** The folder that {@code key} is for: device and inode. */
  private @Nullable Object watched;

  private FolderWatch(Path folder, @Nullable WatchService service) {
    this.folder = folder;
    this.service = service;
  }

  /** Begins to listen; what the folder holds is to be looked at after that. */
  static FolderWatch of(Path folder) {
    FolderWatch watch = new FolderWatch(folder, service(folder));
    watch.follow();
    return watch;
  }

  private static @Nullable WatchService service(Path folder) {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return null;
    }
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      without(folder, e);
      return null;
    }
  }

  /**
   * What has happened to the folder.
   *
   * @param files manifests in it that have come, gone or changed
   * @param lost whether there was more than that: everything must be looked at
   * @param others whether something else in it was written
   */
  record Notices(Set<Path> files, boolean lost, boolean others) {
    private static final Notices NONE = new Notices(Set.of(), false, false);
    private static final Notices LOST = new Notices(Set.of(), true, false);
  }

  /** Whether changes are told; when not, they must be looked for. */
  boolean isTold() {
    return key != null;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * Waits until something happens in the folder, so long at most.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Notices await(long nanos) throws InterruptedException {
    WatchService telling = service;
    if (telling == null || key == null) {
      return pause(nanos);
    }
    try {
      return telling.poll(nanos, TimeUnit.NANOSECONDS) == null && isSame() ? Notices.NONE : take();
    } catch (ClosedWatchServiceException e) {
      return Notices.NONE;
    }
  }

  /**
   * Waits so long, whatever happens, and returns what has happened: writers that write without a
   * pause wake nobody more often than that.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Notices pause(long nanos) throws InterruptedException {
    return closed.await(nanos, TimeUnit.NANOSECONDS) ? Notices.NONE : take();
  }

  private Notices take() {
    WatchService telling = service;
    while (telling != null && !isClosed() && telling.poll() != null) {
      // Whoever has only paused has left the key's signal where it was.
    }
    if (!isSame()) {
      // Another folder has taken its place: by a rename, a mount, a link further up the path.
      follow();
      return Notices.LOST;
    }
    WatchKey current = key;
    if (current == null) {
      return Notices.NONE;
    }
    Notices notices = notices(current.pollEvents());
    if (!current.reset()) {
      key = null;
      watched = null;
      return Notices.LOST;
    }
    return notices;
  }

  private Notices notices(List<WatchEvent<?>> events) {
    Set<Path> files = new HashSet<>();
    boolean lost = false;
    boolean others = false;
    for (WatchEvent<?> event : events) {
      if (event.context() instanceof Path name) {
        Path file = folder.resolve(name);
        if (ManifestFile.isManifest(file)) {
          files.add(file);
        } else {
          others = true;
        }
      } else {
        lost |= event.kind().equals(StandardWatchEventKinds.OVERFLOW);
      }
    }
    return new Notices(files, lost, others);
  }

  private boolean isSame() {
    return Objects.equals(identity(), watched);
  }

  /** Device and inode of what the path leads to; null when that is no folder. */
  private @Nullable Object identity() {
    try {
      var attributes = Files.readAttributes(folder, BasicFileAttributes.class);
      return attributes.isDirectory() ? attributes.fileKey() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Listens to what the path leads to now, if that is a folder that tells. */
  private void follow() {
    WatchKey former = key;
    if (former != null) {
      former.cancel();
    }
    key = null;
    watched = identity();
    WatchService telling = service;
    if (telling == null || watched == null) {
      return;
    }
    try {
      String type = Files.getFileStore(folder).type();
      if (LOCAL.contains(type)) {
        key =
            folder.register(
                telling,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
      } else {
        log.info(
            "Folder {} is looked at as a whole many times a second: its file system ({}) may be"
                + " written to without a notification",
            folder,
            type);
      }
    } catch (IOException e) {
      without(folder, e);
    } catch (ClosedWatchServiceException e) {
      log.debug("closed meanwhile", e);
    }
  }

  private static void without(Path folder, IOException cause) {
    log.warn(
        "Folder {} is looked at as a whole many times a second: the kernel gives no notifications:"
            + " {}",
        folder,
        ManifestFile.cause(cause));
  }

  /** Wakes whoever waits. */
  @Override
  public void close() {
    closed.countDown();
    WatchService telling = service;
    if (telling != null) {
      try {
        telling.close();
      } catch (IOException e) {
        log.warn("cannot close the folder's watch: {}", ManifestFile.cause(e));
      }
    }
  }
}
