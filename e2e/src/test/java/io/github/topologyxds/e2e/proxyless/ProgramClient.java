package io.github.topologyxds.e2e.proxyless;

import io.github.topologyxds.demo.workspace.WorkspaceFiles;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application that is a program of its own. It reads a command a line: {@code call N}, {@code
 * load} or {@code stop}; and answers each with a line: how many calls got which answer, as JSON.
 */
final class ProgramClient implements ProxylessClient {
  private final Path folder = Files.createTempDirectory("grpc-client");
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /**
   * Starts it.
   *
   * @param command which is told the target as its last argument
   * @param bootstrap the file that {@code GRPC_XDS_BOOTSTRAP} names
   * @param target with its scheme
   */
  ProgramClient(List<String> command, String bootstrap, String target) throws IOException {
    Path file = Files.writeString(folder.resolve("grpc.json"), bootstrap);
    List<String> line = new ArrayList<>(command);
    line.add(target);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GRPC_XDS_BOOTSTRAP", file.toString());
    // Without it call_creds of the bootstrap are left out, and nothing is said of it
    // (docs/grpc.md).
    builder.environment().put("GRPC_EXPERIMENTAL_XDS_BOOTSTRAP_CALL_CREDS", "true");
    process = builder.start();
    commands = process.outputWriter();
    answers = process.inputReader();
  }

  @Override
  public Map<String, Long> call(int calls) throws IOException {
    return ask("call " + calls);
  }

  @Override
  public Load load() throws IOException {
    ask("load");
    return () -> ask("stop");
  }

  private Map<String, Long> ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    @Nullable String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the program has ended at the command " + command);
    }
    return new TreeMap<>(
        JsonMapper.shared().readValue(answer, new TypeReference<Map<String, Long>>() {}));
  }

  @Override
  public void close() throws IOException {
    try {
      commands.close();
      Wait.until("the program to end").until(() -> !process.isAlive());
    } finally {
      process.destroyForcibly();
      WorkspaceFiles.deleteTree(folder);
    }
  }
}
