package io.github.topologyxds.demo.workspace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody else takes between our asking and our listening. They lie below the ephemeral
 * range (Linux: from 32768), so no outgoing connection gets one, and in blocks, of which each
 * process of ours holds its own by the lock of a file for as long as it runs.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int BLOCK = 64;
  private static final int BLOCKS = 190;

  /** Kept, since a lock lives as long as its channel. */
  @GuardedBy("FreePorts.class")
  private static final List<FileLock> HELD = new ArrayList<>();

  @GuardedBy("FreePorts.class")
  private static int next;

  @GuardedBy("FreePorts.class")
  private static int end;

  private FreePorts() {}

  /** One port that is free on every address of this machine. */
  public static int next() throws IOException {
    return next(1);
  }

  /** The first of so many free ports in a row. */
  public static synchronized int next(int count) throws IOException {
    for (int attempt = 0; attempt < BLOCK * BLOCKS; attempt++) {
      if (next + count > end) {
        takeBlock();
      }
      int first = next++;
      if (allFree(first, count)) {
        next = first + count;
        return first;
      }
    }
    throw new IOException("found no free port from " + FIRST);
  }

  private static boolean allFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      if (!isFree(port)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @GuardedBy("FreePorts.class")
  private static void takeBlock() throws IOException {
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "topology-xds-ports-" + System.getProperty("user.name"));
    Files.createDirectories(folder);
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int block = (start + i) % BLOCKS;
      if (lock(folder.resolve(Integer.toString(block)))) {
        next = FIRST + block * BLOCK;
        end = next + BLOCK;
        return;
      }
    }
    throw new IOException("other processes hold all blocks of ports in " + folder);
  }

  @GuardedBy("FreePorts.class")
  private static boolean lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        HELD.add(lock);
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // A block that this process has used up.
    }
    channel.close();
    return false;
  }
}
