package dev.heaplight.viewer.flamegraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The largest stacks of a large page in one metric, to be shown while the whole is read. What is
 * left out below a stack is one row there, so that every sum is right.
 */
final class PagePreview {
  private static final int BUCKET_SHIFT = 15;

  private final PageContent whole;
  private final PageContent.MetricParts metric;
  private final List<FlameLabel> labels = new ArrayList<>();
  private final int[] newLabels;
  private final long[] bytes;
  private final long[] objects;

  private PagePreview(PageContent whole, PageContent.MetricParts metric) {
    this.whole = whole;
    this.metric = metric;
    newLabels = new int[whole.labels().size()];
    Arrays.fill(newLabels, -1);
    // Those that the page's head names keep their numbers.
    int named = Math.max(whole.rootLabel(), whole.foldedLabel());
    for (int label = 0; label <= named; label++) {
      label(label);
    }
    bytes = new long[whole.rowStacks().length];
    objects = new long[bytes.length];
    metric.parts().addTo(bytes, objects);
  }

  /** About {@code most} of the largest stacks of {@code whole}, in the metric {@code key}. */
  static PageContent of(PageContent whole, String key, int most) {
    PageContent.MetricParts metric =
        whole.metrics().stream().filter(its -> its.key().equals(key)).findFirst().orElseThrow();
    return new PagePreview(whole, metric).content(most);
  }

  private PageContent content(int most) {
    float[] sizes = sizes();
    float least = least(sizes, most);
    // A caller is as large as what it calls: whatever is kept has its callers kept before it.
    int[] places = new int[sizes.length];
    IntColumn parents = new IntColumn();
    IntColumn stackLabels = new IntColumn();
    for (int stack = 0; stack < sizes.length; stack++) {
      int parent = places[whole.stackParent(stack)];
      if (stack > 0 && sizes[stack] < least) {
        places[stack] = ~(parent < 0 ? ~parent : parent);
      } else {
        places[stack] = parents.size();
        parents.add(parent);
        stackLabels.add(label(whole.stackLabel(stack)));
      }
    }
    return rows(places, parents.toArray(), stackLabels.toArray());
  }

  /** Bytes of each stack and what it calls. */
  private float[] sizes() {
    long[] sums = new long[whole.stackCount()];
    int[] stacks = whole.rowStacks();
    for (int row = 0; row < stacks.length; row++) {
      sums[stacks[row]] += bytes[row];
    }
    float[] sizes = new float[sums.length];
    for (int stack = sums.length - 1; stack >= 0; stack--) {
      sizes[stack] = sums[stack];
      if (stack > 0) {
        sums[whole.stackParent(stack)] += sums[stack];
      }
    }
    return sizes;
  }

  /** The bits of a float that is not negative are in the order of the numbers. */
  private static float least(float[] sizes, int most) {
    int[] counts = new int[1 << (Integer.SIZE - BUCKET_SHIFT)];
    for (float size : sizes) {
      counts[Float.floatToRawIntBits(size) >>> BUCKET_SHIFT]++;
    }
    int bucket = counts.length - 1;
    int kept = 0;
    while (bucket >= 0 && kept + counts[bucket] <= most) {
      kept += counts[bucket--];
    }
    return Float.intBitsToFloat((bucket + 1) << BUCKET_SHIFT);
  }

  /** Rows of kept stacks as they are, and one for all that is left out below a stack. */
  private PageContent rows(int[] places, int[] parents, int[] stackLabels) {
    long[] foldedBytes = new long[parents.length];
    long[] foldedObjects = new long[parents.length];
    IntColumn stacks = new IntColumn();
    IntColumn classes = new IntColumn();
    IntColumn from = new IntColumn();
    for (int row = 0; row < bytes.length; row++) {
      int place = places[whole.rowStacks()[row]];
      if (place < 0) {
        foldedBytes[~place] += bytes[row];
        foldedObjects[~place] += objects[row];
      } else if (bytes[row] > 0) {
        stacks.add(place);
        classes.add(label(whole.rowClasses()[row]));
        from.add(row);
      }
    }
    for (int place = 0; place < parents.length; place++) {
      if (foldedBytes[place] > 0) {
        stacks.add(place);
        classes.add(whole.foldedLabel());
        from.add(~place);
      }
    }
    int[] stackOf = stacks.toArray();
    int[] order =
        PageRows.stableBy(PageRows.identity(stackOf.length), at -> stackOf[at], parents.length);
    int[] origin = permuted(from.toArray(), order);
    PageParts parts =
        PageParts.whole(
            Arrays.stream(origin).mapToLong(at -> at < 0 ? foldedBytes[~at] : bytes[at]).toArray(),
            Arrays.stream(origin)
                .mapToLong(at -> at < 0 ? foldedObjects[~at] : objects[at])
                .toArray());
    return new PageContent(
        whole,
        labels,
        parents,
        stackLabels,
        permuted(stackOf, order),
        permuted(classes.toArray(), order),
        new PageContent.MetricParts(metric.key(), metric.view(), parts));
  }

  private static int[] permuted(int[] values, int[] order) {
    return Arrays.stream(order).map(at -> values[at]).toArray();
  }

  private int label(int label) {
    if (newLabels[label] < 0) {
      newLabels[label] = labels.size();
      labels.add(whole.labels().get(label));
    }
    return newLabels[label];
  }
}
