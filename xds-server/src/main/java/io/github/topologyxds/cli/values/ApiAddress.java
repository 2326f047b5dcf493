package io.github.topologyxds.cli.values;

import com.google.common.net.HostAndPort;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT} of a server's API. */
public final class ApiAddress implements ITypeConverter<URI> {
  private static final int PORT = 18002;

  @Override
  public URI convert(String text) {
    try {
      HostAndPort parsed = HostAndPort.fromString(text).withDefaultPort(PORT);
      if (!parsed.getHost().isEmpty()) {
        return URI.create("http://" + parsed);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new TypeConversionException("'" + text + "' is no HOST:PORT (as 127.0.0.1:18002)");
  }
}
