package io.github.topologyxds.e2e.proxyless;

import java.io.IOException;
import java.util.Map;

/** An application on some gRPC library, which calls one target. */
interface ProxylessClient extends AutoCloseable {
  /** Calls, one after the other; returns the answers, or the status of those that failed. */
  Map<String, Long> call(int calls) throws Exception;

  /** Calls until told to stop. */
  Load load() throws Exception;

  @Override
  void close() throws IOException;

  /** Calls without a pause, beside all others; counts the answers. */
  interface Load {
    /** Stops; returns the answers. */
    Map<String, Long> stop() throws Exception;
  }
}
