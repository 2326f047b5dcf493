package io.github.topologyxds.e2e.deploy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the API does not know in a manifest. The classes of fabric8 keep such fields aside
 * instead of refusing them, and an API server only warns: a misspelt {@code runAsNonRoot} would
 * protect nobody.
 */
public final class UnknownFields {
  private static final String ASIDE = "getAdditionalProperties";

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /** Paths of the unknown fields of an object of the API. */
  public static List<String> of(Object object) throws ReflectiveOperationException {
    UnknownFields fields = new UnknownFields();
    fields.search(object.getClass().getSimpleName(), object);
    return fields.found;
  }

  private void search(String path, @Nullable Object value) throws ReflectiveOperationException {
    if (value instanceof Collection<?> values) {
      for (Object element : values) {
        search(path + "[]", element);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        search(path + "." + entry.getKey(), entry.getValue());
      }
    } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
      searchFields(path, value);
    }
  }

  private void searchFields(String path, Object value) throws ReflectiveOperationException {
    for (Method method : value.getClass().getMethods()) {
      boolean getter = method.getName().startsWith("get") && method.getParameterCount() == 0;
      if (method.getName().equals(ASIDE)) {
        Map<?, ?> aside = (Map<?, ?>) method.invoke(value);
        aside.keySet().forEach(key -> found.add(path + "." + key));
      } else if (getter && method.getDeclaringClass() == value.getClass()) {
        search(path + "." + method.getName().substring("get".length()), method.invoke(value));
      }
    }
  }
}
