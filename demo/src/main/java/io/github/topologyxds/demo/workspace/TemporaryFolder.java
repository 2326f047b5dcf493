package io.github.topologyxds.demo.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder that goes when it is closed, or with this JVM at the latest (Ctrl-C). */
public final class TemporaryFolder implements AutoCloseable {
  /** Added to by those who make folders, read by the shutdown hook. */
  private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> OPEN.forEach(TemporaryFolder::discard), "delete-folders"));
  }

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** Makes one in the system's folder for temporary files. */
  public static TemporaryFolder create(String prefix) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
    OPEN.add(folder);
    return folder;
  }

  /** Returns the folder, which is there until it is closed. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    WorkspaceFiles.deleteTree(path);
    OPEN.remove(this);
  }

  private void discard() {
    try {
      WorkspaceFiles.deleteTree(path);
    } catch (IOException e) {
      // A leftover where leftovers belong, and nobody left to tell.
    }
  }
}
