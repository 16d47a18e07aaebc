package dev.heaplight.hook;

/** What {@link EndHook} needs of the engine. Every method is called on an application's thread. */
public abstract class EndLink {
  /** The program asks the JVM to exit. */
  public abstract void exit(int status);

  /** The program halts the JVM, without a shutdown. */
  public abstract void halt(int status);

  /** An {@code OutOfMemoryError} that nothing caught ends a thread. */
  public abstract void outOfMemory();
}
