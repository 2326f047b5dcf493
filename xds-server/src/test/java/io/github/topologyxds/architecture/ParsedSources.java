package io.github.topologyxds.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java files as trees: what is written, without what the compiler adds, and with its comments. */
final class ParsedSources {
  private ParsedSources() {}

  /** Hands over each file, with what finds the comments in it. */
  static void each(Collection<Path> files, BiConsumer<CompilationUnitTree, DocTrees> use) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var sources = manager.getJavaFileObjectsFromPaths(new ArrayList<>(files));
      List<String> options = List.of("-proc:none");
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, options, null, sources);
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        use.accept(unit, trees);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
