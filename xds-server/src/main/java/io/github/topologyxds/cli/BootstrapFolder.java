package io.github.topologyxds.cli;

import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.BootstrapTemplate;
import io.github.topologyxds.bootstrap.SecretFile;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.cli.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a bootstrap and what stands beside it. */
final class BootstrapFolder {
  private BootstrapFolder() {}

  /** Writes each file whole; returns them, the bootstrap last. */
  static List<Path> write(Path folder, BootstrapSettings settings) {
    try {
      Files.createDirectories(folder);
      List<Path> written = new ArrayList<>();
      XdsTls tls = settings.tls();
      for (SecretFile secret : SecretFile.values()) {
        Optional<String> text = tls == null ? Optional.empty() : secret.text(tls);
        if (text.isPresent()) {
          written.add(whole(folder.resolve(secret.fileName()), text.get()));
        }
      }
      written.add(whole(folder.resolve("envoy.yaml"), BootstrapTemplate.render(settings)));
      return written;
    } catch (IOException e) {
      throw new CommandFailure("--out " + folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static Path whole(Path file, String text) throws IOException {
    Path begun = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(begun, text);
    return Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
