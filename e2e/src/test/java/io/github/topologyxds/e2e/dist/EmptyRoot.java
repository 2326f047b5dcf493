package io.github.topologyxds.e2e.dist;

import io.github.topologyxds.demo.network.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A folder as the root of a process, with an unpacked archive, the C library that its programs
 * name, and a shell; nothing else but the machine's {@code /proc}, without which the C library does
 * not find what lies beside a program, and {@code /dev}, without which the JVM makes random numbers
 * out of 5 s of CPU time: no other program, no {@code /etc}.
 */
public record EmptyRoot(Path folder, String archive) {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final Path SHELL = Path.of("/bin/sh");

  /** Unpacks the archive into a folder that is empty. */
  static EmptyRoot of(Path tar, Path folder) throws IOException {
    Command.of("tar", "-xf", tar.toString(), "-C", folder.toString()).run();
    String archive = tar.getFileName().toString().replace(".tar.gz", "");
    return around(folder, archive);
  }

  /** Makes one of a folder that has the archive's files in this folder of it. */
  public static EmptyRoot around(Path folder, String archive) throws IOException {
    EmptyRoot root = new EmptyRoot(folder, archive);
    Path runtime = root.unpacked().resolve("runtime");
    Path shell = SHELL.toRealPath();
    Set<String> libraries = new TreeSet<>();
    for (Path program :
        List.of(shell, runtime.resolve("bin/java"), runtime.resolve("lib/server/libjvm.so"))) {
      libraries.addAll(librariesOf(program));
    }
    libraries.removeIf(library -> library.startsWith(folder.toString()));
    for (String library : libraries) {
      root.copy(Path.of(library), library);
    }
    root.copy(shell, SHELL.toString());
    Files.createDirectory(folder.resolve("proc"));
    Files.createDirectory(folder.resolve("dev"));
    return root;
  }

  private static Set<String> librariesOf(Path program) throws IOException {
    return LIBRARY
        .matcher(Command.of("ldd", program.toString()).run())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private void copy(Path file, String inRoot) throws IOException {
    Path copy = folder.resolve(inRoot.substring(1));
    Files.createDirectories(copy.resolveSibling(""));
    Files.copy(file.toRealPath(), copy);
  }

  /** The archive's folder, from outside. */
  Path unpacked() {
    return folder.resolve(archive);
  }

  /** The launcher inside, with these options of its JVM: needs namespaces of users and mounts. */
  List<String> launcher(String... javaOptions) {
    return launcher(List.of(), javaOptions);
  }

  /** The same with more variables (NAME=VALUE). */
  List<String> launcher(List<String> variables, String... javaOptions) {
    List<String> all = new ArrayList<>(variables);
    all.add("JAVA_OPTS=" + String.join(" ", javaOptions));
    return inside(all, List.of("/" + archive + "/bin/topology-xds"));
  }

  /** A program inside, with these variables (NAME=VALUE); it has the process' own number. */
  public List<String> inside(List<String> variables, List<String> program) {
    List<String> command =
        new ArrayList<>(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    command.addAll(variables);
    command.addAll(
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "for kernel in proc dev; do mount --rbind /$kernel %s/$kernel || exit; done; exec chroot %s \"$@\""
                .formatted(folder, folder),
            "sh"));
    command.addAll(program);
    return command;
  }

  /** Runs a command of the launcher inside to its end. */
  Command.Result run(List<String> javaOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(launcher(javaOptions.toArray(String[]::new)));
    command.addAll(List.of(arguments));
    return new Command(command).result();
  }
}
