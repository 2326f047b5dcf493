package io.github.topologyxds.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Finds files of the JavaScript packages that Maven brings as jars (org.webjars.npm). */
final class Webjar {
  private Webjar() {}

  /**
   * Returns a file's name on the class path, which holds the version: the jar itself tells it.
   *
   * @throws IllegalStateException when the jar is not there
   */
  static String file(String name, String path) {
    String told = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    try (InputStream file = Webjar.class.getResourceAsStream(told)) {
      if (file == null) {
        throw new IllegalStateException("the jar of " + name + " is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(file);
      String version = properties.getProperty("version");
      return "/META-INF/resources/webjars/" + name + "/" + version + "/" + path;
    } catch (IOException e) {
      throw new UncheckedIOException(told + " cannot be read", e);
    }
  }
}
