package dev.heaplight.viewer.calls;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.FrameText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each method of a view allocated. Own figures of all methods sum up to the view's totals,
 * since every allocation has one innermost method; one whose stack is not known has a row of its
 * own.
 */
public final class FunctionTable {
  private final List<Function> functions;

  /** What a table is sorted by, the largest first. */
  public enum Order {
    /** Bytes a method allocated itself. */
    OWN,
    /** Bytes of a method and what it called. */
    TOTAL,
    /** Objects a method allocated itself. */
    OBJECTS;

    private long figure(Function function) {
      return switch (this) {
        case OWN -> function.ownBytes();
        case TOTAL -> function.totalBytes();
        case OBJECTS -> function.ownObjects();
      };
    }
  }

  private FunctionTable(List<Function> functions) {
    this.functions = List.copyOf(functions);
  }

  /** The functions of {@code view}. */
  public static FunctionTable of(MetricView view) {
    return new FunctionTable(new Sums(view).functions());
  }

  /** All functions in an order. */
  public List<Function> sorted(Order order) {
    Comparator<Function> largestFirst =
        Comparator.comparingLong(order::figure)
            .thenComparingLong(Function::totalBytes)
            .reversed()
            .thenComparing(Function::name);
    return functions.stream().sorted(largestFirst).toList();
  }

  private static final class Sums {
    private final Dictionary dictionary;
    private final int[] methodOfFrame;
    private final List<String> names = new ArrayList<>();
    private final long[] stackBytes;
    private final long[] stackObjects;

    Sums(MetricView view) {
      dictionary = view.model().dictionary();
      methodOfFrame = new int[dictionary.frameCount()];
      stackBytes = new long[dictionary.stackCount()];
      stackObjects = new long[dictionary.stackCount()];
      Map<String, Integer> methods = new HashMap<>();
      names.add(FrameText.UNKNOWN_STACK);
      for (int i = 0; i < methodOfFrame.length; i++) {
        Frame frame = dictionary.frame(i);
        methodOfFrame[i] = methods.computeIfAbsent(FrameText.method(frame), this::named);
      }
      AllocationTotals totals = view.totals();
      for (int row = 0; row < totals.rows(); row++) {
        stackBytes[totals.stack(row)] += totals.bytes(row);
        stackObjects[totals.stack(row)] += totals.objects(row);
      }
    }

    private int named(String name) {
      names.add(name);
      return names.size() - 1;
    }

    private int method(int stack) {
      return stack == Dictionary.EMPTY_STACK ? 0 : methodOfFrame[dictionary.frameOf(stack)];
    }

    List<Function> functions() {
      long[] ownBytes = new long[names.size()];
      long[] ownObjects = new long[names.size()];
      for (int stack = 0; stack < stackBytes.length; stack++) {
        ownBytes[method(stack)] += stackBytes[stack];
        ownObjects[method(stack)] += stackObjects[stack];
      }
      long[] totalBytes = new long[names.size()];
      long[] totalObjects = new long[names.size()];
      totalBytes[0] = ownBytes[0];
      totalObjects[0] = ownObjects[0];
      // A caller has the smaller number, so one pass from behind turns own figures into sums.
      for (int stack = stackBytes.length - 1; stack > Dictionary.EMPTY_STACK; stack--) {
        int parent = dictionary.parent(stack);
        if (!calledBySame(stack)) {
          totalBytes[method(stack)] += stackBytes[stack];
          totalObjects[method(stack)] += stackObjects[stack];
        }
        if (parent != Dictionary.EMPTY_STACK) {
          stackBytes[parent] += stackBytes[stack];
          stackObjects[parent] += stackObjects[stack];
        }
      }
      List<Function> functions = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (totalBytes[i] > 0 || totalObjects[i] > 0) {
          functions.add(
              new Function(
                  names.get(i), ownBytes[i], ownObjects[i], totalBytes[i], totalObjects[i]));
        }
      }
      return functions;
    }

    /** Whether the method is among its own callers, which then count what it allocates. */
    private boolean calledBySame(int stack) {
      int method = method(stack);
      int at = dictionary.parent(stack);
      while (at != Dictionary.EMPTY_STACK) {
        if (method(at) == method) {
          return true;
        }
        at = dictionary.parent(at);
      }
      return false;
    }
  }
}
