package io.github.topologyxds.topology.settings;

/**
 * The value of a setting that applies to a Service.
 *
 * @param origin who asked for it
 */
public record Setting<T>(T value, Origin origin) {
  /** Returns what the server itself says where nobody asks. */
  static <T> Setting<T> ofServer(T value) {
    return new Setting<>(value, Origin.SERVER);
  }
}
