package io.github.topologyxds.e2e.bench;

import io.github.topologyxds.demo.checkout.CommitCheckout;
import io.github.topologyxds.demo.network.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The release before this one, which people upgrade from. Until there is a tag it is a commit;
 * {@code -Dupgrade.from=COMMIT} names another one. Needs the repository's history.
 */
public final class ReleaseBefore {
  /** A release makes itself the next one's (docs/release.md). */
  private static final String COMMIT = "24938060";

  private ReleaseBefore() {}

  /** Its files, until they are closed. */
  public static CommitCheckout checkout() throws IOException {
    return CommitCheckout.of(Path.of(".."), System.getProperty("upgrade.from", COMMIT));
  }

  /** Builds its program, as whoever has a checkout of it does; takes a minute or two. */
  public static List<String> build(CommitCheckout checkout) throws IOException {
    String launcher = checkout.folder().resolve("bin/topology-xds").toString();
    String unused = Command.of(launcher, "version").run();
    return List.of(launcher);
  }
}
