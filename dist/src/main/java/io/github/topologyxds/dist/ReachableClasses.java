package io.github.topologyxds.dist;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes of a library others can come to. A class counts as used when the constant pool of
 * another one that is used names it, in code or in a signature: more than is ever loaded, never
 * less, but for what is looked up by a name that is put together at run time, which generated
 * protos do not do (protobuf finds types by the descriptors, which are code).
 */
final class ReachableClasses {
  private static final Pattern SIGNATURE = Pattern.compile("L([\\w/$-]+)[;<]");

  private final Map<String, byte[]> library = new HashMap<>();
  private final Set<String> reached = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  /** Adds a class of the library. The name is as in its jar, without {@code .class}. */
  void add(String name, byte[] content) {
    library.put(name, content);
  }

  /** All classes of the library that this class, which is none of it, leads to are kept. */
  void reachFrom(byte[] root) {
    follow(root);
    while (!open.isEmpty()) {
      byte[] content = library.get(open.remove());
      if (content != null) {
        follow(content);
      }
    }
  }

  boolean contains(String name) {
    return reached.contains(name);
  }

  private void follow(byte[] content) {
    for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
      switch (entry) {
        case ClassEntry type -> reach(type.asInternalName());
        case Utf8Entry text -> reachAll(text.stringValue());
        default -> {
          // Numbers, and pairs of what is looked at by itself.
        }
      }
    }
  }

  private void reachAll(String text) {
    Matcher matcher = SIGNATURE.matcher(text);
    while (matcher.find()) {
      reach(matcher.group(1));
    }
  }

  private void reach(String name) {
    if (library.containsKey(name) && reached.add(name)) {
      open.add(name);
    }
  }
}
