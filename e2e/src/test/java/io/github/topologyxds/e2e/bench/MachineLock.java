package io.github.topologyxds.e2e.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What there is one of, on a machine or in a cluster: other processes with tests wait for it. */
public record MachineLock(FileChannel file, FileLock lock) implements Closeable {
  /**
   * Waits for it.
   *
   * @param what a word
   */
  public static MachineLock take(String what) throws IOException {
    FileChannel file =
        FileChannel.open(
            Path.of(System.getProperty("java.io.tmpdir"), "topology-xds-" + what + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    return new MachineLock(file, file.lock());
  }

  /** Lets the next one have it. */
  @Override
  public void close() {
    try (FileChannel closed = file) {
      assert closed.isOpen();
      lock.release();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
