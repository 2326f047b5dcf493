package io.github.topologyxds.source.snapshot;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;

/**
 * A record's accessor as a function, as the compiler makes one of {@code Record::component}: a
 * reflective call takes several times as long, and a state has a million of them.
 */
final class Accessor {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Accessor() {}

  /** Returns the function that reads this component; the record must be public. */
  @SuppressWarnings("unchecked") // The factory makes what is asked for.
  static Function<Object, Object> of(RecordComponent component) {
    Method method = component.getAccessor();
    try {
      MethodHandle handle = LOOKUP.unreflect(method);
      MethodHandle factory =
          LambdaMetafactory.metafactory(
                  LOOKUP,
                  "apply",
                  MethodType.methodType(Function.class),
                  MethodType.methodType(Object.class, Object.class),
                  handle,
                  handle.type().wrap())
              .getTarget();
      return (Function<Object, Object>) factory.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
