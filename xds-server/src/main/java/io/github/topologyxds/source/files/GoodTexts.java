package io.github.topologyxds.source.files;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Remembers the last good text of each file, for a start that finds the file broken. */
interface GoodTexts {
  /** Remembers nothing. */
  GoodTexts NONE =
      new GoodTexts() {
        @Override
        public Optional<String> of(Path file) {
          return Optional.empty();
        }

        @Override
        public void keep(Path file, String text) {}

        @Override
        public void forget(Path file) {}

        @Override
        public void retain(Set<Path> files) {}
      };

  /** Returns the last text of a file that was good as a whole; empty when none is remembered. */
  Optional<String> of(Path file);

  /** A file has this text, which is good as a whole. */
  void keep(Path file, String text);

  /** A file is gone for good. */
  void forget(Path file);

  /** There are these files and no others. */
  void retain(Set<Path> files);
}
