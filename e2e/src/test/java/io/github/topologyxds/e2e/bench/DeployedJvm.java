package io.github.topologyxds.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JVM as {@code deploy/deployment.yaml} starts it. */
public final class DeployedJvm {
  private static final Path DEPLOYMENT = Path.of("..", "deploy", "deployment.yaml");
  private static final Pattern OPTIONS =
      Pattern.compile("- name: JDK_JAVA_OPTIONS\\s+value: (-\\S+(?: -\\S+)*)\n");

  private DeployedJvm() {}

  /**
   * Returns the options of the JVM, one each.
   *
   * @throws IOException when the file cannot be read, or does not name any
   */
  public static String[] options() throws IOException {
    Matcher options = OPTIONS.matcher(Files.readString(DEPLOYMENT));
    if (!options.find()) {
      throw new IOException("no value of JDK_JAVA_OPTIONS in " + DEPLOYMENT);
    }
    return options.group(1).split(" ", -1);
  }
}
