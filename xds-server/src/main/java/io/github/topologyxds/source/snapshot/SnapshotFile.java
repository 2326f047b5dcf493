package io.github.topologyxds.source.snapshot;

import io.github.topologyxds.state.KeptState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The files of a snapshot in their folder: {@code state}, and {@code confirmed}, which says of a
 * state that has not changed that it was still true later. Each is replaced in one step, so that a
 * reader finds the one before or the new one.
 *
 * <p>{@code state}: 8 bytes that name the format, 32 of the SHA-256 of the shape of the records, 32
 * of what the source is, 8 of the time, the uid of the cluster as {@link DataOutputStream#writeUTF}
 * does, the records ({@link RecordCodec}), 8 of a CRC-32 of all that. A file of another release
 * with other records is none. For one thread.
 */
final class SnapshotFile {
  private static final byte[] FORMAT = "txdssnp2".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHAPE = sha256(RecordCodec.shape(KeptState.class));
  private static final int HEAD = FORMAT.length + 32 + 32;
  private static final int MAX_BYTES = 1 << 30;

  private final Path folder;
  private final byte[] source;

  /** Of the state on disk. */
  private long checksum;

  /**
   * Opens the folder, which is made if it is not there.
   *
   * @param source what the state is of: a snapshot of another source is not read
   * @throws IOException when the folder cannot be written
   */
  SnapshotFile(Path folder, String source) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.source = sha256(source);
    Files.delete(Files.createTempFile(folder, ".try", ""));
  }

  private Path state() {
    return folder.resolve("state");
  }

  private Path confirmed() {
    return folder.resolve("confirmed");
  }

  /** Replaces what is there. */
  void write(Snapshot snapshot) throws IOException {
    GrowingBytes bytes = new GrowingBytes();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(FORMAT);
    out.write(SHAPE);
    out.write(source);
    out.writeLong(snapshot.confirmed());
    out.writeUTF(snapshot.uid());
    new RecordCodec().write(snapshot.state(), bytes);
    checksum = crc(bytes.written());
    out.writeLong(checksum);
    replace(state(), bytes.written());
  }

  /** The state on disk was still true then, in milliseconds since 1970. */
  void confirm(long time) throws IOException {
    String line = Long.toHexString(checksum) + " " + time + "\n";
    replace(confirmed(), ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Reads what is there; empty when there is nothing.
   *
   * @throws IOException when it is damaged, of another release or source, or cannot be read
   */
  Optional<Snapshot> read() throws IOException {
    byte[] bytes;
    try {
      if (Files.size(state()) > MAX_BYTES) {
        throw new IOException("it is larger than a snapshot");
      }
      bytes = Files.readAllBytes(state());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int end = bytes.length - Long.BYTES;
    if (end < HEAD + Long.BYTES
        || !Arrays.equals(bytes, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
      throw new IOException("it is no snapshot");
    }
    long sum = ByteBuffer.wrap(bytes).getLong(end);
    if (sum != crc(ByteBuffer.wrap(bytes, 0, end))) {
      throw new IOException("it is damaged");
    }
    if (!Arrays.equals(bytes, FORMAT.length, FORMAT.length + 32, SHAPE, 0, 32)) {
      throw new IOException("it was written by another release");
    }
    if (!Arrays.equals(bytes, FORMAT.length + 32, HEAD, source, 0, 32)) {
      throw new IOException("it is of another cluster or folder");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, HEAD, end - HEAD));
    long time = in.readLong();
    String uid = in.readUTF();
    KeptState state = new RecordCodec().read(KeptState.class, in);
    checksum = sum; // What was confirmed is looked up by it.
    return Optional.of(new Snapshot(Math.max(time, confirmedTime()), uid, state));
  }

  /** Returns when the state on disk was confirmed since it was written; 0 when it was not. */
  private long confirmedTime() {
    try {
      String[] words = Files.readString(confirmed()).trim().split(" ", -1);
      boolean same = words.length == 2 && words[0].equals(Long.toHexString(checksum));
      return same ? Long.parseLong(words[1]) : 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // The time in the state itself counts.
    }
  }

  private void replace(Path file, ByteBuffer rest) throws IOException {
    Path next = Files.createTempFile(folder, ".next", "");
    try {
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static long crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
