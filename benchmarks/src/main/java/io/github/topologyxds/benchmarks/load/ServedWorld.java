package io.github.topologyxds.benchmarks.load;

import java.io.IOException;
import java.util.List;

/** A cluster as {@code serve} reads it. */
public interface ServedWorld extends AutoCloseable {
  /** Makes one. */
  static ServedWorld create(LoadPlan.World world) throws IOException {
    return switch (world.source()) {
      case FOLDER -> ServedFolder.create(world);
      case API -> ServedApi.create(world);
      case PIPELINE -> throw new IllegalArgumentException("the pipeline is handed its objects");
    };
  }

  /** Returns the flags of {@code serve} that name it. */
  List<String> flags();

  /** A Service's first endpoint moves to this address. */
  void change(int service, String address) throws IOException;

  /** A Service comes. */
  void add(int service) throws IOException;

  @Override
  void close() throws IOException;
}
