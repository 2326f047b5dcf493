package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.cli.values.ListenAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How {@code serve} serves the API. */
public final class ApiFlags {
  private static final String OFF = "off";

  @Option(
      names = "--api",
      converter = AddressOrOff.class,
      defaultValue = "127.0.0.1:18002",
      paramLabel = "IP:PORT",
      description = "The API's port, or off (default: ${DEFAULT-VALUE}).")
  private Where where = new Where(null);

  @Option(
      names = "--api-host",
      split = ",",
      paramLabel = "NAME",
      description =
          "Host names by which the API may be asked for, beside localhost and literal IPs.")
  private List<String> hosts = List.of();

  @Option(
      names = "--api-insecure",
      description = "Allow the API, which has no login, on an address that others can reach.")
  private boolean insecure;

  /** Returns what is wrong with them together; empty: nothing. */
  public Optional<String> objection() {
    return Optional.ofNullable(where.address())
        .filter(a -> !a.getAddress().isLoopbackAddress() && !insecure)
        .map(a ->
            "--api "
                + a.getHostString()
                + " can be reached by others and has no login: keep it on 127.0.0.1 (a port-forward"
                + " reaches a Pod's loopback), or say --api-insecure");
  }

  /** Returns the settings; null: no API. */
  public @Nullable ApiSettings settings() {
    return where.address() == null ? null : new ApiSettings(where.address(), hosts);
  }

  /** Returns the end of the line that tells where the server listens. */
  public String served(OptionalInt port) {
    return where.address() == null || port.isEmpty()
        ? ""
        : ", API on " + where.address().getHostString() + ":" + port.getAsInt();
  }

  /** An address, or null for none. */
  record Where(@Nullable InetSocketAddress address) {}

  static final class AddressOrOff implements ITypeConverter<Where> {
    @Override
    public Where convert(String text) {
      return new Where(text.equals(OFF) ? null : new ListenAddress().convert(text));
    }
  }
}
