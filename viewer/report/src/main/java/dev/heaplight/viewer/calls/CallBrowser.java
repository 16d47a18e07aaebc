package dev.heaplight.viewer.calls;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * Looking around in an outline: which rows are unfolded, which one is selected and which are in
 * sight. Knows nothing of a terminal.
 */
public final class CallBrowser {
  private final CallOutline outline;
  private final BitSet unfolded = new BitSet();
  private int[] visible = new int[64];
  private int visibleCount;
  private int selected;
  private int first;
  private int height = 1;

  /** A browser at the root, unfolded as far as there is only one way. */
  public CallBrowser(CallOutline outline) {
    this.outline = outline;
    unfoldFrom(0);
    update();
  }

  /** The outline. */
  public CallOutline outline() {
    return outline;
  }

  /** Says how many rows fit on the screen, at least 1. */
  public void resize(int rows) {
    height = Math.max(1, rows);
    scroll();
  }

  /** Number of rows that fit on the screen. */
  public int height() {
    return height;
  }

  /** Number of rows that are not inside a folded one. */
  public int visibleCount() {
    return visibleCount;
  }

  /** Row in line {@code line} of the screen; -1 when there is none. */
  public int rowAt(int line) {
    return first + line < visibleCount ? visible[first + line] : -1;
  }

  /** The selected row. */
  public int selected() {
    return visible[selected];
  }

  /** Place of the selected row among the visible ones, from 0. */
  public int selectedPlace() {
    return selected;
  }

  /** Whether what is below a row is shown. */
  public boolean isUnfolded(int row) {
    return unfolded.get(row);
  }

  /** Moves by so many visible rows, as far as there are any. */
  public void move(long rows) {
    selected = (int) Math.max(0, Math.min(visibleCount - 1L, selected + rows));
    scroll();
  }

  /** Moves by so many screens. */
  public void page(int screens) {
    move((long) screens * Math.max(1, height - 1));
  }

  /**
   * Unfolds the selected row, down to where there is a choice; an unfolded one goes down by one.
   */
  public void open() {
    int row = selected();
    if (outline.isLeaf(row)) {
      return;
    }
    if (unfolded.get(row)) {
      move(1);
    } else {
      unfoldFrom(row);
      update();
    }
  }

  /** Folds the selected row; one that is folded already goes to its parent. */
  public void close() {
    int row = selected();
    if (unfolded.get(row)) {
      unfolded.clear(row);
      update();
    } else if (row != 0) {
      select(outline.parent(row));
    }
  }

  /** Folds or unfolds the selected row. */
  public void toggle() {
    if (unfolded.get(selected())) {
      close();
    } else {
      open();
    }
  }

  /** Unfolds the selected row and all below it. */
  public void openAll() {
    for (int row = selected(); row < outline.end(selected()); row++) {
      unfolded.set(row, !outline.isLeaf(row));
    }
    update();
  }

  /**
   * Selects the next row whose text holds {@code text} in whatever case, and unfolds what it is in.
   *
   * @param forward whether to look below, otherwise above; after the end from the other end on
   * @return whether there is one
   */
  public boolean find(String text, boolean forward) {
    String wanted = text.toLowerCase(Locale.ROOT);
    int size = outline.size();
    int start = selected();
    for (int i = 1; i <= size; i++) {
      int row = Math.floorMod(forward ? start + i : start - i, size);
      if (outline.text(row).toLowerCase(Locale.ROOT).contains(wanted)) {
        for (int at = row; at != 0; at = outline.parent(at)) {
          unfolded.set(outline.parent(at));
        }
        update();
        select(row);
        return true;
      }
    }
    return false;
  }

  private void unfoldFrom(int row) {
    int at = row;
    while (!outline.isLeaf(at)) {
      unfolded.set(at);
      if (!outline.isOnlyChild(at + 1)) {
        return;
      }
      at++;
    }
  }

  private void select(int row) {
    selected = Math.max(0, Arrays.binarySearch(visible, 0, visibleCount, row));
    scroll();
  }

  private void update() {
    int row = visibleCount == 0 ? 0 : selected();
    visibleCount = 0;
    int at = 0;
    while (at < outline.size()) {
      if (visibleCount == visible.length) {
        visible = Arrays.copyOf(visible, visibleCount * 2);
      }
      visible[visibleCount++] = at;
      at = unfolded.get(at) ? at + 1 : outline.end(at);
    }
    select(row);
  }

  private void scroll() {
    first = Math.max(0, Math.min(first, visibleCount - height));
    first = Math.max(Math.min(first, selected), selected - height + 1);
  }
}
