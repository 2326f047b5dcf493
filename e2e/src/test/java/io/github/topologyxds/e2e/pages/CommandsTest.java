package io.github.topologyxds.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.e2e.programs.Kubectl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every command of the pages, also in running text and where it needs a cluster, against the flags,
 * files, classes and tags that there are.
 */
class CommandsTest {
  private static final String LAUNCHER = "bin/topology-xds";
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "`((?:bin/topology-xds|mvn|kubectl|helm|benchmarks/run|\\.ci/\\w+)(?: [^`]*)?)`");

  /** In running text a word in capitals stands for what the user puts in, and brackets likewise. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\b[A-Z]{2,}\\b|[\\[\\]|]|\\.\\.");

  private static final Set<String> KUBECTL_GLOBALS = Set.of("-n", "--namespace", "--context");

  record Command(String where, List<String> words) {}

  /** Those of all pages that call a program. */
  static List<Command> commands(Predicate<String> program) throws IOException {
    List<Command> commands = new ArrayList<>();
    for (Path page : Block.pages()) {
      for (Block block : Block.of(page)) {
        ShellCommands.of(block.text())
            .forEach(words -> commands.add(new Command(block.toString(), words)));
      }
      IN_TEXT
          .matcher(Files.readString(Block.CHECKOUT.resolve(page)))
          .results()
          .map(found -> found.group(1))
          .filter(text -> !PLACEHOLDER.matcher(text).find())
          .forEach(text ->
              ShellCommands.of(text)
                  .forEach(words -> commands.add(new Command(page.toString(), words))));
    }
    return commands.stream().filter(c -> program.test(c.words().getFirst())).toList();
  }

  @Test
  void oursAreTaken() throws Exception {
    List<Command> ours = commands(LAUNCHER::equals);

    assertThat(ours).hasSizeGreaterThan(10);
    assertThat(ours)
        .allSatisfy(command -> {
          String[] arguments =
              command.words().stream().skip(1).filter(w -> !w.isEmpty()).toArray(String[]::new);
          if (arguments.length > 0) {
            assertThatCode(() -> RootCommand.commandLine().parseArgs(arguments))
                .as("%s: %s", command.where(), command.words())
                .doesNotThrowAnyException();
          }
        });
  }

  @Test
  void filesThatAreCalledAreThere() throws Exception {
    assertThat(commands(program -> program.contains("/") && !program.startsWith("/")))
        .isNotEmpty()
        .allSatisfy(command ->
            assertThat(Block.CHECKOUT.resolve(command.words().getFirst()))
                .as(command.where())
                .isExecutable());
  }

  @Test
  void mavenFindsWhatItIsAskedFor() throws Exception {
    assertThat(commands("mvn"::equals))
        .isNotEmpty()
        .allSatisfy(command -> {
          List<String> words = command.words();
          for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-Dtest=")) {
              for (String test : word.substring(7).split(",", -1)) {
                assertThat(isJavaFile(test + ".java")).as("%s", command).isTrue();
              }
            } else if (word.startsWith("-Dgroups=")) {
              assertThat(poms()).as("%s", command).contains("tag " + word.substring(9) + " (");
            } else if (word.equals("-pl")) {
              assertThat(words.get(i + 1).split(","))
                  .as("%s", command)
                  .allSatisfy(module -> assertThat(poms()).contains("<module>" + module));
            } else if (word.equals("-P") || word.matches("-P\\w+")) {
              String profile = word.equals("-P") ? words.get(i + 1) : word.substring(2);
              assertThat(poms()).as("%s", command).contains("<id>" + profile + "</id>");
            }
          }
        });
  }

  private static boolean isJavaFile(String name) throws IOException {
    try (Stream<Path> modules = Files.list(Block.CHECKOUT)) {
      for (Path tests : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            if (files.anyMatch(file -> file.endsWith(name))) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private static String poms() throws IOException {
    return Files.readString(Block.CHECKOUT.resolve("pom.xml"))
        + Files.readString(Block.CHECKOUT.resolve("e2e/pom.xml"))
        + Files.readString(Block.CHECKOUT.resolve("xds-server/pom.xml"));
  }

  @Test
  void kubectlHasTheCommandsAndFlags() throws Exception {
    Path kubectl = Kubectl.program();

    for (Command command : commands("kubectl"::equals)) {
      List<String> words = command.words();
      if (words.size() == 1) {
        continue;
      }
      String help = help(kubectl, words);
      assertThat(words.stream().skip(1).filter(word -> word.matches("--?[a-z].*")))
          .as("%s", command)
          .map(flag -> flag.replaceFirst("=.*", ""))
          .allSatisfy(flag ->
              assertThat(KUBECTL_GLOBALS.contains(flag) || hasFlag(help, flag))
                  .as("%s", flag)
                  .isTrue());
    }
  }

  /** Of the command, and of those below it where there are any ({@code create secret generic}). */
  private static String help(Path kubectl, List<String> words) throws Exception {
    List<String> asked = new ArrayList<>();
    for (int i = 1; i < words.size() && asked.size() < 3; i++) {
      if (KUBECTL_GLOBALS.contains(words.get(i))) {
        i++;
      } else if (words.get(i).startsWith("-")) {
        break;
      } else {
        asked.add(words.get(i));
      }
    }
    asked.add("--help");
    String help = output(kubectl, asked.toArray(String[]::new));
    assertThat(help).as("%s", asked).doesNotStartWith("kubectl controls the Kubernetes");
    return help;
  }

  private static boolean hasFlag(String help, String flag) {
    return Pattern.compile("(?m)^ .*" + Pattern.quote(flag) + "[,=]").matcher(help).find();
  }

  private static String output(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
