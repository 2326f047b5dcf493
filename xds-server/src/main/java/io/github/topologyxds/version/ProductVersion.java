package io.github.topologyxds.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What runs here, read from the {@code pom.properties} that Maven puts into every jar.
 *
 * @param product "development" where classes run without their jar
 * @param envoyApi version of the xDS API, and what our copy of its protos comes from
 */
public record ProductVersion(String product, String java, String envoyApi) {
  /** Release of Envoy whose protos java-control-plane 1.0.49 carries. */
  private static final String PROTOS = "v3 (protos of Envoy 1.34)";

  /** Returns what this is. */
  public static ProductVersion current() {
    return new ProductVersion(
        mavenVersion("io.github.topologyxds/xds-server"), Runtime.version().toString(), PROTOS);
  }

  private static String mavenVersion(String artifact) {
    String path = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = ProductVersion.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
