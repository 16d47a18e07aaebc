package dev.heaplight.cli;

/** Which of many lines a screen of some height shows, and which one is selected. */
final class ScrolledLines {
  private int count;
  private int height = 1;
  private int first;
  private int selected;

  /** There are so many lines now, of which {@code newSelected} is selected. */
  void show(int newCount, int newSelected) {
    count = newCount;
    select(newSelected);
  }

  /** So many of them are to be seen at a time. */
  void resize(int newHeight) {
    height = Math.max(1, newHeight);
    select(selected);
  }

  /** Selects another line, as far as there are any; any number may be given. */
  void move(int lines) {
    select((int) Math.max(0, Math.min(count, (long) selected + lines)));
  }

  /** The same by whole screens. */
  void page(int pages) {
    move(pages * height);
  }

  private void select(int line) {
    selected = Math.max(0, Math.min(count - 1, line));
    first = Math.max(Math.min(first, selected), selected - height + 1);
    first = Math.max(0, Math.min(first, count - height));
  }

  /** The line that is to be seen so far below the first one; -1 for none. */
  int at(int below) {
    int line = first + below;
    return below < height && line < count ? line : -1;
  }

  /** The selected line; 0 if there are none. */
  int selected() {
    return selected;
  }

  /** How many lines there are. */
  int count() {
    return count;
  }
}
