package io.github.topologyxds.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what others can call and nobody has described: public types, and the public methods and
 * constructors in them. Overriding methods do what the overridden one says, and constructors of a
 * record what its components say.
 */
final class DocComments extends TreePathScanner<@Nullable Void, Visibility> {
  private final DocTrees trees;
  private final List<String> missing;

  private DocComments(DocTrees trees, List<String> missing) {
    this.trees = trees;
    this.missing = missing;
  }

  /** Returns {@code File.java: name} of each, in the order of the files. */
  static List<String> missing(Collection<Path> files) {
    List<String> missing = new ArrayList<>();
    ParsedSources.each(
        files, (unit, trees) -> new DocComments(trees, missing).scan(unit, Visibility.PUBLIC));
    return missing;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, Visibility around) {
    if (type.getSimpleName().isEmpty()) {
      return null; // an anonymous one
    }
    Visibility own = around.of(type.getModifiers());
    require(own, type.getSimpleName().toString());
    return super.visitClass(type, own.inside(type.getKind()));
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, Visibility around) {
    if (!Signatures.isOverriding(method) && !isOfRecord(method)) {
      require(around.of(method.getModifiers()), method.getName().toString());
    }
    return null; // what is inside of it nobody else can call
  }

  /** Told by the components of the record; one with other parameters calls it. */
  private boolean isOfRecord(MethodTree method) {
    Tree around = getCurrentPath().getParentPath().getLeaf();
    return method.getReturnType() == null && around.getKind() == Tree.Kind.RECORD;
  }

  private void require(Visibility visibility, String name) {
    if (visibility != Visibility.HIDDEN && !isDescribed()) {
      Path file = Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri());
      String where = name.equals("<init>") ? "constructor" : name;
      missing.add(file.getFileName() + ": " + where);
    }
  }

  /** Tags alone tell nobody what the thing is. */
  private boolean isDescribed() {
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    return comment != null && !comment.getFullBody().isEmpty();
  }
}
