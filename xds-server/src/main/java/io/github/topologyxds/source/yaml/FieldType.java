package io.github.topologyxds.source.yaml;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a field of a Kubernetes object may hold, read from fabric8's classes. */
sealed interface FieldType {
  record Text() implements FieldType {}

  record Bool() implements FieldType {}

  record Whole(long lowest, long highest) implements FieldType {}

  record WholeOrText() implements FieldType {}

  /** Not looked into, and not read. */
  record Anything() implements FieldType {}

  record ListOf(FieldType item) implements FieldType {}

  record MapOf(FieldType value) implements FieldType {}

  /** An object with fixed fields; by name of its class, as classes may hold themselves. */
  record Fields(Class<?> owner) implements FieldType {
    Map<String, FieldType> byName() {
      return Introspection.FIELDS.computeIfAbsent(owner, Introspection::fields);
    }
  }

  /** Reads the classes' {@code @JsonProperty} fields, each class once. */
  final class Introspection {
    private static final Map<Class<?>, Map<String, FieldType>> FIELDS = new ConcurrentHashMap<>();

    /** Large, never read here, and written by the cluster rather than by the user. */
    private static final Set<String> IGNORED = Set.of("status", "managedFields");

    private Introspection() {}

    private static Map<String, FieldType> fields(Class<?> owner) {
      Map<String, FieldType> fields = new HashMap<>();
      for (Field field : owner.getDeclaredFields()) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        if (property != null) {
          FieldType type =
              IGNORED.contains(property.value()) ? new Anything() : of(field.getGenericType());
          fields.put(property.value(), type);
        }
      }
      return Map.copyOf(fields);
    }

    private static boolean isObject(Class<?> owner) {
      return Arrays.stream(owner.getDeclaredFields())
          .anyMatch(field -> field.isAnnotationPresent(JsonProperty.class));
    }

    private static FieldType of(Type type) {
      if (type instanceof ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        FieldType last = of(arguments[arguments.length - 1]);
        return generic.getRawType() == Map.class ? new MapOf(last) : new ListOf(last);
      }
      if (type == String.class) {
        return new Text();
      }
      if (type == Boolean.class) {
        return new Bool();
      }
      if (type == Integer.class) {
        return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (type == Long.class) {
        return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (type == IntOrString.class) {
        return new WholeOrText();
      }
      boolean hasFields =
          type instanceof Class<?> owner
              && (owner.getName().startsWith("io.fabric8.")
                  || owner.getName().startsWith("io.github.topologyxds."))
              && isObject(owner);
      return hasFields ? new Fields((Class<?>) type) : new Anything();
    }
  }
}
