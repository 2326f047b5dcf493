package io.github.topologyxds.e2e.apiserver;

import java.util.Locale;

/** What a request does, in the words of RBAC. */
public enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE;

  /** Whether it changes an object. */
  public boolean writes() {
    return switch (this) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, DELETE -> true;
    };
  }

  /** As a Role spells it. */
  public String inRole() {
    return name().toLowerCase(Locale.ROOT);
  }
}
