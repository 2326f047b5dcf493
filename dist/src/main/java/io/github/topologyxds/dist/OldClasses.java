package io.github.topologyxds.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Gives classes of Java 5's format, as picocli's are, that of Java 8, with the stack maps which its
 * verifier reads. The archive of classes takes an old one in only as long as nothing there is
 * verified against it, so what of ours implements picocli's interfaces stayed out as well, and each
 * start verified all of picocli anew (JDK 25: "Old class has been linked").
 */
final class OldClasses {
  private final ClassFile format;

  /** The classes of this jar, which may name each other and those of the JDK. */
  OldClasses(ZipFile jar) {
    ClassHierarchyResolver types =
        ClassHierarchyResolver.ofResourceParsing(type -> open(jar, type))
            .orElse(ClassHierarchyResolver.defaultResolver());
    format =
        ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(types));
  }

  private static @Nullable InputStream open(ZipFile jar, ClassDesc type) {
    String descriptor = type.descriptorString();
    ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the class as it is, or in the newer format if its own is older than Java 6's. */
  byte[] renewed(byte[] content) {
    ClassModel old = format.parse(content);
    if (old.majorVersion() >= ClassFile.JAVA_6_VERSION) {
      return content;
    }
    return format.transformClass(
        old,
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen((builder, element) ->
                builder.with(
                    element instanceof ClassFileVersion
                        ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                        : element)));
  }
}
