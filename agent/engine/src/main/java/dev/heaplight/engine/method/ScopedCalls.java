package dev.heaplight.engine.method;

import org.jspecify.annotations.Nullable;

/**
 * What calls of a woven method mean to scopes. Thread-safe: called in the threads that call the
 * method, with their counting suspended. What it throws is reported, and the application goes on.
 */
abstract class ScopedCalls {
  /**
   * The method begins.
   *
   * @param call receiver, null in a static method, and arguments; null if the rule asks for none
   * @return what {@link #exit} gets; null if there is nothing to do at the end
   */
  abstract @Nullable Object enter(@Nullable Object @Nullable [] call)
      throws ReflectiveOperationException;

  /** The method ends, by an exception or not. */
  abstract void exit(Object entered) throws ReflectiveOperationException;
}
