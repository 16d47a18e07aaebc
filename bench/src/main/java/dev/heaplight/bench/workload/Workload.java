package dev.heaplight.bench.workload;

/** Work in operations of equal size, for one thread. */
public interface Workload extends AutoCloseable {
  /**
   * Runs one operation.
   *
   * @param number how many came before; decides the data, so that runs are alike
   * @return a value that depends on all of the work, so that none of it can be left out
   */
  long operate(int number) throws Exception;

  @Override
  default void close() throws Exception {}
}
