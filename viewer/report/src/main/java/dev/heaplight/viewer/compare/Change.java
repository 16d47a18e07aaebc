package dev.heaplight.viewer.compare;

/**
 * What one stack, or one innermost frame, allocated of one class in both.
 *
 * @param stack number of the stack in the comparison's dictionary; of a site a stack of one frame
 * @param className string number of the class there
 * @param baseBytes bytes in the base, scaled
 * @param baseObjects objects in the base, scaled
 * @param newBytes bytes in the new recording
 * @param newObjects objects in the new recording
 */
public record Change(
    int stack, int className, long baseBytes, long baseObjects, long newBytes, long newObjects) {

  /** Bytes more in the new recording; below 0 when there are less. */
  public long grownBytes() {
    return newBytes - baseBytes;
  }

  /** Objects more in the new recording; below 0 when there are fewer. */
  public long grownObjects() {
    return newObjects - baseObjects;
  }

  /** How the bytes changed. */
  public ChangeKind kind() {
    return ChangeKind.of(baseBytes, newBytes);
  }
}
