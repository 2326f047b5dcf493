package io.github.topologyxds.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.replicas.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shells that have read the script of {@code completion} complete. */
class CompletionTest {
  @TempDir private Path folder = Path.of("");

  /** As bash calls a completion function: by the words, and which of them is unfinished. */
  @Test
  void bashCompletes() throws Exception {
    Files.writeString(folder.resolve("completion"), CommandRun.of("completion bash").out());
    Path script =
        Files.writeString(
            folder.resolve("try"),
            """
            source ./completion
            function=$(complete -p topology-xds | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            # Only bash itself may call it, while it completes.
            compopt() { :; }
            try() {
              COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
              "$function"
              echo "$*: ${COMPREPLY[*]}"
            }
            try topology-xds expl
            try topology-xds explain --zo
            try topology-xds explain -o ''
            try topology-xds slices ''
            try topology-xds completion ''
            try topology-xds help prox
            """);

    assertThat(Shell.run(folder, Map.of(), "bash", "--norc", script.toString()).lines())
        .containsExactly(
            "topology-xds expl: explain",
            "topology-xds explain --zo: --zone",
            "topology-xds explain -o : table wide json yaml",
            "topology-xds slices : adopt prune",
            "topology-xds completion : bash zsh",
            "topology-xds help prox: proxies");
  }

  /** A real one on a terminal, where somebody presses the tabulator. */
  @Test
  @Tag("zsh")
  void zshCompletes() throws Exception {
    Files.writeString(folder.resolve("completion"), CommandRun.of("completion zsh").out());
    Path script =
        Files.writeString(
            folder.resolve("try"),
            """
            zmodload zsh/zpty
            zpty -b shell zsh -f -i
            zpty -w shell 'autoload -Uz compinit; compinit -u; source ./completion; echo rea""dy'
            zpty -r -m shell out '*ready*'
            zpty -w -n shell $'topology-xds expl\\t'
            zpty -w -n shell $' --zo\\t'
            zpty -w -n shell $'zone-a; echo en""d\\n'
            zpty -r -m shell out '*end*'
            print -r -- "$out"
            zpty -d shell
            """);

    String typed =
        Shell.run(folder, Map.of("TERM", "dumb"), "zsh", "-f", script.toString())
            .replaceAll("\\e\\[[0-9;?]*[a-zA-Z]|[^\\x08]\\x08|\\p{Cntrl}", "")
            .replaceAll(" +", " ");

    assertThat(typed).contains("topology-xds explain --zone zone-a");
  }
}
