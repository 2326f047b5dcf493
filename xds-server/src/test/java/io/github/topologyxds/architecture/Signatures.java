package io.github.topologyxds.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds methods and constructors that take too much, or a boolean, as a call does not tell what its
 * {@code true} means. Looked at is what somebody could write otherwise: no overriding method, whose
 * parameters are prescribed, and no constructor of a record, which takes its components.
 */
final class Signatures extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final int MAX_OF_METHOD = 4;
  private static final int MAX_OF_CONSTRUCTOR = 6;

  private final List<String> faults = new ArrayList<>();

  private Signatures() {}

  /** Returns one line for each fault, in the order of the files. */
  static List<String> faults(Collection<Path> files) {
    Signatures scanner = new Signatures();
    ParsedSources.each(files, (unit, trees) -> scanner.scan(unit, null));
    return scanner.faults;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
    ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
    boolean constructor = method.getReturnType() == null;
    boolean record = constructor && owner.getKind() == Tree.Kind.RECORD;
    if (!record && !isOverriding(method)) {
      String name = owner.getSimpleName() + "." + method.getName();
      int count = method.getParameters().size();
      if (count > (constructor ? MAX_OF_CONSTRUCTOR : MAX_OF_METHOD)) {
        faults.add(name + " has " + count + " parameters");
      }
      if (method.getParameters().stream().anyMatch(p -> isBoolean(p.getType()))) {
        faults.add(name + " takes a boolean");
      }
    }
    return super.visitMethod(method, null);
  }

  static boolean isOverriding(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  private static boolean isBoolean(Tree type) {
    return type instanceof PrimitiveTypeTree primitive
        && primitive.getPrimitiveTypeKind() == TypeKind.BOOLEAN;
  }
}
