package dev.heaplight.viewer.tree;

/**
 * Names a model's frames and classes by label numbers, from 0 up. Siblings of one label become one
 * node, so a label is what a report regards as the same.
 */
public interface TreeLabels {
  /** Label of the frame with that number in the model's dictionary. */
  int frame(int frame);

  /** Label of the allocated class with that string number in the model's dictionary. */
  int allocatedClass(int className);

  /** Label that stands for a stack which is not known. */
  int unknownStack();

  /** Label of the thread with that number in the model's dictionary. */
  int thread(int thread);

  /** Label that stands for frames deeper than are shown. */
  int deeper();

  /**
   * Whether no two frames share a label, nor a frame and anything else. Stacks that differ are then
   * different nodes, which need not be looked for.
   */
  default boolean framesDiffer() {
    return false;
  }
}
