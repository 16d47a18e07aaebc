package dev.heaplight.viewer.compare;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.Renumbering;
import java.util.function.UnaryOperator;

/**
 * Two views of one metric on a dictionary they share: bytes and objects of both by stack and class,
 * threads put together.
 */
public final class Comparison {
  private final MetricView base;
  private final MetricView next;
  private final Scaling scaling;
  private final boolean lines;
  private final DictionaryBuilder dictionary = new DictionaryBuilder();
  private final PairTable pairs = new PairTable();

  private Comparison(MetricView base, MetricView next, Scaling scaling, boolean lines) {
    this.base = base;
    this.next = next;
    this.scaling = scaling;
    this.lines = lines;
  }

  /**
   * Compares two views.
   *
   * @param base what it was, for instance before a change
   * @param next what it is now, of the same metric
   * @param scaling what the base's figures are multiplied by
   * @param lines whether frames of different lines differ; without them an edited file still fits
   * @throws IllegalArgumentException if the metrics differ
   */
  public static Comparison of(MetricView base, MetricView next, Scaling scaling, boolean lines) {
    if (base.metric() != next.metric()) {
      throw new IllegalArgumentException(
          "metrics differ: base=" + base.metric() + ", new=" + next.metric());
    }
    Comparison comparison = new Comparison(base, next, scaling, lines);
    comparison.fill(base, PairTable.BASE);
    comparison.fill(next, PairTable.NEW);
    comparison.pairs.scaleBase(comparison.factor());
    return comparison;
  }

  private void fill(MetricView view, int side) {
    UnaryOperator<Frame> shared = lines ? UnaryOperator.identity() : Comparison::withoutLine;
    Renumbering numbers = new Renumbering(view.model().dictionary(), dictionary, shared);
    AllocationTotals totals = view.totals();
    for (int row = 0; row < totals.rows(); row++) {
      pairs.add(
          side,
          numbers.stack(totals.stack(row)),
          numbers.string(totals.className(row)),
          totals.bytes(row),
          totals.objects(row));
    }
  }

  /** The same frame in every line of its method: an edited file shifts its lines. */
  public static Frame withoutLine(Frame frame) {
    return frame.line() <= Frame.UNKNOWN_LINE
        ? frame
        : new Frame(frame.className(), frame.methodName(), frame.fileName(), Frame.UNKNOWN_LINE);
  }

  /** What it was. */
  public MetricView base() {
    return base;
  }

  /** What it is now. */
  public MetricView next() {
    return next;
  }

  /** What the base's figures were multiplied by, in principle. */
  public Scaling scaling() {
    return scaling;
  }

  /** What the base's figures were multiplied by. */
  public double factor() {
    return scaling.factor(base, next);
  }

  /** Bytes of the base's total, scaled; the rows' sum but for the rounding of each. */
  public long scaledBaseBytes() {
    return PairTable.scaled(base.totals().totalBytes(), factor());
  }

  /** Stacks and names of both. */
  public Dictionary dictionary() {
    return dictionary.dictionary();
  }

  /** Number of rows: stacks by class that either has. */
  public int rows() {
    return pairs.rows();
  }

  /** A row, from 0, in no order that means anything. */
  public Change row(int row) {
    return pairs.row(row);
  }

  /** The same summed up by innermost frame and class; a row's stack is of that frame alone. */
  public Comparison bySite() {
    Comparison sites = new Comparison(base, next, scaling, lines);
    Dictionary from = dictionary();
    for (int row = 0; row < rows(); row++) {
      Change change = row(row);
      int site =
          change.stack() == Dictionary.EMPTY_STACK
              ? Dictionary.EMPTY_STACK
              : sites.dictionary.stack(
                  Dictionary.EMPTY_STACK,
                  sites.dictionary.frame(from.frame(from.frameOf(change.stack()))));
      int className = sites.dictionary.string(from.string(change.className()));
      sites.pairs.add(PairTable.BASE, site, className, change.baseBytes(), change.baseObjects());
      sites.pairs.add(PairTable.NEW, site, className, change.newBytes(), change.newObjects());
    }
    return sites;
  }
}
