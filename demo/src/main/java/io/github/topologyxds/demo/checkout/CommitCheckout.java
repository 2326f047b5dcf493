package io.github.topologyxds.demo.checkout;

import io.github.topologyxds.demo.network.Command;
import io.github.topologyxds.demo.workspace.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a commit in a temporary folder, until it is closed. They are git's archive of it and
 * no worktree: the repository knows nothing of them, also when nobody closes this.
 */
public final class CommitCheckout implements AutoCloseable {
  private final TemporaryFolder temporary;
  private final String name;

  private CommitCheckout(TemporaryFolder temporary, String name) {
    this.temporary = temporary;
    this.name = name;
  }

  /**
   * Writes them.
   *
   * @param repository a checkout with the history that has the commit
   * @param commit as git knows it
   * @throws IOException when there is no such commit; says what git says
   */
  public static CommitCheckout of(Path repository, String commit) throws IOException {
    String git = repository.toAbsolutePath().toString();
    String name =
        Command.of("git", "-C", git, "rev-parse", "--short", "--verify", commit + "^{commit}")
            .run()
            .strip();
    TemporaryFolder temporary = TemporaryFolder.create("topology-xds-" + name + "-");
    CommitCheckout checkout = new CommitCheckout(temporary, name);
    try {
      Path archive = temporary.path().resolve("archive.tar");
      String unused =
          Command.of("git", "-C", git, "archive", "-o", archive.toString(), name).run()
              + Command.of("tar", "-xf", archive.toString(), "-C", checkout.made().toString())
                  .run();
      Files.delete(archive);
      return checkout;
    } catch (IOException e) {
      checkout.close();
      throw e;
    }
  }

  private Path made() throws IOException {
    return Files.createDirectory(folder());
  }

  /** Returns the commit, as short as git writes it. */
  public String name() {
    return name;
  }

  /** Returns the folder that has what the repository's top had. */
  public Path folder() {
    return temporary.path().resolve("checkout");
  }

  @Override
  public void close() throws IOException {
    temporary.close();
  }
}
