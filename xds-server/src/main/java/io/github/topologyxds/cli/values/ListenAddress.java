package io.github.topologyxds.cli.values;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code HOST:PORT} to listen on: a literal IP, so that nothing depends on name resolution.
 */
public final class ListenAddress implements ITypeConverter<InetSocketAddress> {
  @Override
  public InetSocketAddress convert(String text) {
    try {
      HostAndPort parsed = HostAndPort.fromString(text.replace("localhost", "127.0.0.1"));
      return new InetSocketAddress(InetAddresses.forString(parsed.getHost()), parsed.getPort());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no IP:PORT (as 127.0.0.1:18000 or [::1]:18000; port 0 takes a free one)");
    }
  }
}
