package io.github.topologyxds.architecture;

import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import javax.lang.model.element.Modifier;

/** Who can call what stands in a place of the source. */
enum Visibility {
  /** What is marked public can be called from everywhere. */
  PUBLIC,
  /** In an interface, what is not marked private is public. */
  INTERFACE,
  /** Nothing can be called from elsewhere. */
  HIDDEN;

  /** Returns who can call a member with these modifiers. */
  Visibility of(ModifiersTree modifiers) {
    return switch (this) {
      case PUBLIC -> modifiers.getFlags().contains(Modifier.PUBLIC) ? PUBLIC : HIDDEN;
      case INTERFACE -> modifiers.getFlags().contains(Modifier.PRIVATE) ? HIDDEN : PUBLIC;
      case HIDDEN -> HIDDEN;
    };
  }

  /** Returns what members of a type of this kind are, if they say nothing. */
  Visibility inside(Tree.Kind kind) {
    boolean implied = kind == Tree.Kind.INTERFACE || kind == Tree.Kind.ANNOTATION_TYPE;
    return this != HIDDEN && implied ? INTERFACE : this;
  }
}
