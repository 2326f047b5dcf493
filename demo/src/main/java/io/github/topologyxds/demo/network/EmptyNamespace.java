package io.github.topologyxds.demo.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * A network namespace in which nothing listens: what a Pod's packets go out to. It ends with this
 * JVM at the latest, however that ends: a process holds it whose input comes from here.
 */
public final class EmptyNamespace implements AutoCloseable {
  private static final String READY = "ready";

  private final Process holder;

  private EmptyNamespace(Process holder) {
    this.holder = holder;
  }

  /** Makes one; needs what {@link IsolatedJvm#missing} asks for. */
  public static EmptyNamespace make() throws IOException {
    Process holder =
        new ProcessBuilder(
                "unshare", "--net", "--", "sh", "-c", "ip link set lo up && echo ready && exec cat")
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    if (!READY.equals(lines.readLine())) {
      throw new IOException("no network namespace could be made for the rest of the world");
    }
    return new EmptyNamespace(holder);
  }

  /** Returns a process that is in it. */
  public long pid() {
    return holder.pid();
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
