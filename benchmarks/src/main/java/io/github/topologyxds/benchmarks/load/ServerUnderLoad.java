package io.github.topologyxds.benchmarks.load;

import java.io.IOException;
import java.util.List;

/** A server in a process of its own, whose cluster can be changed. */
interface ServerUnderLoad extends AutoCloseable {
  /** How one comes to be. */
  @FunctionalInterface
  interface Starter {
    ServerUnderLoad start(LoadPlan.World world) throws IOException, InterruptedException;
  }

  /** Starts one that serves the world, and waits until it does. */
  static ServerUnderLoad start(LoadPlan.World world) throws IOException, InterruptedException {
    return switch (world.source()) {
      case PIPELINE -> ServerProcess.start(world);
      case FOLDER, API -> LaunchedServer.start(ServedWorld.create(world));
    };
  }

  /** Returns the process. */
  long pid();

  /** Returns where it serves xDS, on loopback. */
  int port();

  /** Returns the options of its JVM. */
  String options();

  /** A Service's first endpoint moves to this address. */
  void change(int service, String address) throws IOException;

  /** A Service comes. */
  void add(int service) throws IOException;

  /** Returns the collections so far. */
  Collections collections() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * The collections of a JVM's heap.
   *
   * @param causes of the full ones that happened while the server ran, in order
   */
  record Collections(long young, long full, List<String> causes) {
    public Collections {
      causes = List.copyOf(causes);
    }
  }
}
