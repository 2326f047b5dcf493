package io.github.topologyxds.demo.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JVM of this program in a network namespace of its own, where nothing is but a loopback
 * interface. A thread of Java cannot enter another namespace, so a whole process does.
 */
public final class IsolatedJvm {
  private static final List<String> PROGRAMS =
      List.of("unshare", "nsenter", "ip", "nft", "setpriv");

  private static final int FIRST_TO_WARN = 23;

  private IsolatedJvm() {}

  /** Returns why there can be none on this machine; empty: there can. */
  public static Optional<String> missing() throws IOException {
    if (!Command.of("id", "-u").run().strip().equals("0")) {
      return Optional.of("it needs root, for network namespaces");
    }
    for (String program : PROGRAMS) {
      if (Command.of("sh", "-c", "command -v " + program).result().exit() != 0) {
        return Optional.of("it needs " + program + ", which is not on the PATH");
      }
    }
    Command.Result made = Command.of("unshare", "--net", "ip", "link", "set", "lo", "up").result();
    return made.exit() == 0
        ? Optional.empty()
        : Optional.of("no network namespace can be made here: " + made.output().strip());
  }

  /** Returns what starts the main class there, with the class path of this JVM. */
  public static ProcessBuilder of(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--net", "--"));
    // Before the JVM looks whether there is IPv6.
    command.addAll(List.of("sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // JDK 23 and later warn of what Netty and protobuf do with Unsafe; older ones lack the option.
    if (Runtime.version().feature() >= FIRST_TO_WARN) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
