package io.github.topologyxds.demo;

import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.network.IsolatedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code demo --transparent}: an application that knows of no proxy. A thread of Java cannot enter
 * another network namespace, so that a second JVM plays it ({@link TransparentPod}); this one
 * passes on what it prints, and ends with it.
 */
final class TransparentDemo {
  private static final int SECONDS_TO_END = 5;

  private final Demo.Output output;

  TransparentDemo(Demo.Output output) {
    this.output = output;
  }

  /**
   * Runs it to its end.
   *
   * @return what was not as it should be, in one line; empty: all is well
   * @throws IOException when it cannot run on this machine; says what lacks
   */
  Optional<String> run() throws IOException {
    Optional<String> missing = IsolatedJvm.missing();
    if (missing.isPresent()) {
      throw new IOException("--transparent cannot run here: " + missing.get());
    }
    // Where it has to be installed first: there is no way out of the namespace.
    EnvoyBinary.find();
    Process pod = IsolatedJvm.of(TransparentPod.class, List.of()).start();
    Thread end = new Thread(() -> end(pod), "end-of-the-pod");
    Runtime.getRuntime().addShutdownHook(end);
    Thread progress = Thread.ofVirtual().start(() -> pass(pod.getErrorStream(), output.progress()));
    Optional<String> complaint = pass(pod.getInputStream(), output.result());
    try {
      int exit = pod.waitFor();
      progress.join();
      return exit == 0
          ? complaint
          : complaint.or(() -> Optional.of("the process of the Pod ended with " + exit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(pod);
      throw new InterruptedIOException("interrupted while the demo ran");
    }
  }

  /** Passes on what comes, line by line; what was not as it should be is kept for the end. */
  private static Optional<String> pass(InputStream from, PrintWriter to) {
    Optional<String> complaint = Optional.empty();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(TransparentPod.COMPLAINT)) {
          complaint = Optional.of(line.substring(TransparentPod.COMPLAINT.length()));
        } else {
          to.println(line);
          to.flush();
        }
      }
    } catch (IOException e) {
      // It has ended in the middle of a line.
    }
    return complaint;
  }

  /** It ends in good order when its input ends, however this JVM goes. */
  private static void end(Process pod) {
    try {
      pod.getOutputStream().close();
      if (!pod.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        pod.destroyForcibly();
      }
    } catch (IOException e) {
      pod.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pod.destroyForcibly();
    }
  }
}
