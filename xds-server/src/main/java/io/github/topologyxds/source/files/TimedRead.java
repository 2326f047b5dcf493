package io.github.topologyxds.source.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a file in a thread that may be left behind: opening and reading can block for ever, and in
 * some file systems nothing interrupts them. So these threads are no {@code lifecycle} ones: nobody
 * owns or stops them.
 */
final class TimedRead {
  private static final ExecutorService READERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("file-reader-", 0).factory());

  private TimedRead() {}

  /**
   * Returns the file's bytes.
   *
   * @throws NoAnswer when it takes longer than the limit
   * @throws IOException when it cannot be read, or is too large
   */
  static byte[] bytes(Path file, ReadLimit limit) throws IOException {
    Future<byte[]> reading = READERS.submit(() -> read(file, limit));
    try {
      return reading.get(limit.time().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      reading.cancel(true);
      throw new NoAnswer(file, limit.time());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the file was read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static byte[] read(Path file, ReadLimit limit) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(limit.bytes() + 1));
      if (bytes.length > limit.bytes()) {
        throw new FileSystemException(file.toString(), null, limit.tooLarge());
      }
      return bytes;
    }
  }

  private static InputStream open(Path file) throws IOException {
    return file.equals(Manifests.STANDARD_INPUT) ? System.in : Files.newInputStream(file);
  }

  /** A file that did not come to its end in time; not tried again until it looks otherwise. */
  static final class NoAnswer extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NoAnswer(Path file, Duration time) {
      super(file.toString(), null, "it was not read to its end within " + time.toSeconds() + " s");
    }
  }
}
