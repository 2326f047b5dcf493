package io.github.topologyxds.cli.flags;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.cli.values.Choice;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.model.names.PortNumber;
import io.github.topologyxds.xds.resource.XdsProtocol;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the options of {@code bootstrap} are read. */
public final class BootstrapOptions {
  private BootstrapOptions() {}

  /** A kind of client, as {@code --kind} takes it. */
  public static final class Kind extends Choice<BootstrapKind> {
    Kind() {
      super(BootstrapKind.values(), BootstrapKind::label);
    }
  }

  /** A variant of the protocol, as {@code --protocol} takes it. */
  public static final class Protocol extends Choice<XdsProtocol> {
    Protocol() {
      super(XdsProtocol.values(), XdsProtocol::label);
    }
  }

  /** The xDS server's address, as {@code --xds} takes it. */
  public static final class Xds implements ITypeConverter<XdsAddress> {
    @Override
    public XdsAddress convert(String text) {
      try {
        return XdsAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw refused(text, e);
      }
    }
  }

  /** A port number, 1 to 65535. */
  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,5}") || !PortNumber.isValid(Integer.parseInt(text))) {
        throw new TypeConversionException("'" + text + "' is no number from 1 to 65535");
      }
      return Integer.valueOf(text);
    }
  }

  /** As {@code metadata.SERVICES} is read; what is misspelt there would count as absent. */
  public static final class Service implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      boolean valid =
          ObjectName.parse(text)
              .filter(service -> DnsLabel.isValid(service.namespace()))
              .filter(service -> service.name().equals("*") || DnsLabel.isValid(service.name()))
              .isPresent();
      if (!valid) {
        throw new TypeConversionException(
            "'" + text + "' is neither NAMESPACE/SERVICE nor NAMESPACE/*");
      }
      return text;
    }
  }

  /** A Node is called by a DNS subdomain (k8s.io/apimachinery, pkg/util/validation). */
  public static final class NodeName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!DnsSubdomain.isValid(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no Node's name (a-z, 0-9, -, ., at most 253 characters)");
      }
      return text;
    }
  }

  /** Zones and regions are labels of Nodes. */
  public static final class PlaceName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!LabelValue.isValid(text)) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no label value, as zones and regions are (letters, 0-9, -, _, ., at most 63"
                + " characters)");
      }
      return text;
    }
  }

  /** A path where Envoy runs, which cannot be checked here. */
  public static final class Name implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("must not be empty");
      }
      return text;
    }
  }

  private static TypeConversionException refused(String text, IllegalArgumentException e) {
    return new TypeConversionException("'" + text + "': " + e.getMessage());
  }
}
