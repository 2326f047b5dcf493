package io.github.topologyxds.logging;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Flags of the JVM that make it print what it sends and receives, past every log: with them a token
 * stands on stderr, as text or as a hex dump. They are taken back before the classes that read them
 * are there. What the JDK's HTTP client logs ({@code jdk.httpclient.HttpClient.log}) comes through
 * our log, with credentials masked.
 */
public final class DebugFlags {
  private static final List<String> PRINTING =
      List.of(
          "javax.net.debug",
          "jdk.internal.httpclient.debug",
          "jdk.internal.httpclient.websocket.debug",
          "jdk.internal.httpclient.hpack.debug");

  private DebugFlags() {}

  /** Takes them back, with a line for each; to be called before anything is sent. */
  public static void takeBack() {
    for (String flag : PRINTING) {
      if (System.clearProperty(flag) != null) {
        LoggerFactory.getLogger(DebugFlags.class)
            .warn(
                "-D{} is ignored: it prints credentials;"
                    + " -Djdk.httpclient.HttpClient.log=requests,headers shows them masked",
                flag);
      }
    }
  }
}
