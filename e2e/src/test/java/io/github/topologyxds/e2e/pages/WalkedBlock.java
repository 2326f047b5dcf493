package io.github.topologyxds.e2e.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A block of a page that a test of its own runs as it is written, because something has to be there
 * before it or is to be seen after it.
 */
public enum WalkedBlock {
  INSTALL_CERTIFICATES("1. The certificates"),
  INSTALL_CHART("2. Install"),
  INSTALL_TRAFFIC("3. Traffic"),
  INSTALL_UPDATE("Update, roll back, remove"),
  INSTALL_ARCHIVE("On a machine, without a cluster"),
  INSTALL_TAKE_OVER("Take over what kustomize installed");

  private static final Path PAGE = Path.of("docs", "install.md");

  private final String heading;

  WalkedBlock(String heading) {
    this.heading = heading;
  }

  boolean is(Block block) {
    return block.page().equals(PAGE) && block.heading().equals(heading);
  }

  /** Returns its commands: it is the only block under its heading. */
  public String commands() throws IOException {
    return block().text();
  }

  Block block() throws IOException {
    List<Block> found = Block.of(PAGE).stream().filter(this::is).toList();
    if (found.size() != 1) {
      throw new IOException("%s has %d blocks under '%s'".formatted(PAGE, found.size(), heading));
    }
    return found.getFirst();
  }
}
