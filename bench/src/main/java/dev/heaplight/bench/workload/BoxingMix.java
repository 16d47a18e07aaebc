package dev.heaplight.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One operation boxes numbers, concatenates strings and captures lambdas. */
final class BoxingMix implements Workload {
  private static final int ROUNDS = 1_000;

  @Override
  public long operate(int number) {
    List<Object> kept = new ArrayList<>();
    Long boxed = 0L;
    long sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long value = (long) number * ROUNDS + i;
      boxed = boxed + value;
      kept.add(value);
      String text = "item " + i + " of " + number + ": " + boxed;
      LongSupplier supplier = () -> value * text.length();
      kept.add(supplier);
      Optional<String> optional = Optional.of(text).filter(t -> t.length() > 3);
      sum += supplier.getAsLong() + optional.map(String::length).orElse(0);
      if (kept.size() > 200) {
        kept.clear();
      }
    }
    return sum + boxed;
  }
}
