package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;

/** Advice in words. */
public final class AdviceText {
  /** Of fewer recordings the largest peak says little about the next one's. */
  private static final int FEW = 5;

  private final Advice advice;
  private final Appendable out;

  private AdviceText(Advice advice, Appendable out) {
    this.advice = advice;
    this.out = out;
  }

  /**
   * Writes {@code advice}, several lines.
   *
   * @param origin where the memory's size comes from, for instance {@code --memory}
   */
  public static void write(Advice advice, String origin, Appendable out) throws IOException {
    AdviceText text = new AdviceText(advice, out);
    text.room(origin);
    for (TaskAdvice task : advice.tasks()) {
      text.task(task);
    }
    text.worst();
    text.caveats();
  }

  private void room(String origin) throws IOException {
    line("Memory", bytes(advice.memoryBytes()) + " (" + origin + ")");
    line(
        "Usable",
        bytes(advice.usableBytes()) + " = " + Figures.percent(advice.usableShare()) + " of it");
    line("Workers", base(advice.base()));
    line("For tasks", bytes(advice.roomBytes()) + arithmetic());
  }

  private static String base(WorkerBase base) {
    String processes =
        base.workers() == 1 ? "1 process" : base.workers() + " processes at the same time";
    return switch (base.origin()) {
      case GIVEN -> bytes(base.bytes()) + " for " + processes + " (--base)";
      case SEEN ->
          processes
              + (base.workers() == 1 ? " needs " : " need ")
              + bytes(base.bytesEach())
              + (base.workers() == 1 ? "" : " each")
              + " beside the tasks: "
              + parts(base);
      case UNKNOWN ->
          processes
              + "; what "
              + (base.workers() == 1 ? "it needs" : "they need")
              + " beside the tasks is not known, give it with --base";
    };
  }

  private static String parts(WorkerBase base) {
    String outside =
        base.outsideHeapBytes() == Progress.UNKNOWN
            ? ""
            : bytes(base.outsideHeapBytes()) + " outside the heap";
    return base.heapBytes() == Progress.UNKNOWN
        ? outside
        : bytes(base.heapBytes())
            + " of heap, the least in use"
            + (outside.isEmpty() ? "" : ", and " + outside);
  }

  private String arithmetic() {
    WorkerBase base = advice.base();
    if (base.bytes() == 0) {
      return "";
    }
    boolean several = base.origin() == WorkerBase.Origin.SEEN && base.workers() > 1;
    return " = "
        + bytes(advice.usableBytes())
        + " - "
        + (several ? base.workers() + " x " + bytes(base.bytesEach()) : bytes(base.bytes()));
  }

  private void line(String name, String value) throws IOException {
    out.append(String.format("%-12s", name)).append(value).append('\n');
  }

  private void task(TaskAdvice task) throws IOException {
    String name = PlainText.oneLine(task.name());
    out.append('\n').append(name + " (" + PlainText.oneLine(task.kind()) + "): ");
    out.append(counted(task.recordings(), "recording"))
        .append(", at most " + task.together() + " at the same time\n");
    if (task.fits() == Progress.UNKNOWN) {
      sentence(
          task.peaksKnown() == 0
              ? "How many fit is not known: no recording knows its peak. Record with the agent,"
                  + " without live=off."
              : "Memory does not limit them: no garbage collection found any of them alive.");
    } else {
      fits(task, name);
    }
    left(task);
    grounds(task);
    if (task.incomplete() > 0) {
      sentence(
          task.incomplete()
              + " of them did not end cleanly and may have needed more than is seen.");
    }
  }

  private void fits(TaskAdvice task, String name) throws IOException {
    String peak = bytes(task.peakBytes());
    sentence(
        "One needs up to "
            + peak
            + (task.usualPeakBytes() < task.peakBytes()
                ? "; 95 % need no more than " + bytes(task.usualPeakBytes())
                : "")
            + ".");
    String memory = bytes(advice.memoryBytes());
    String why = bytes(advice.roomBytes()) + " / " + peak + " = " + quotient(task) + ".";
    sentence(
        task.fits() == 0
            ? "Not one fits in " + memory + ": " + why
            : Figures.count(task.fits())
                + (task.fits() == 1 ? " fits" : " fit")
                + " in "
                + memory
                + ": "
                + why);
    String together = task.together() + " at the same time need " + product(task);
    if (task.fits() == 0) {
      sentence("Give the worker more memory, or make " + name + " smaller.");
    } else if (task.reduce()) {
      sentence("Reduce parallelism to " + Figures.count(task.fits()) + ": " + together + ".");
    } else if (task.together() > 1) {
      sentence("The parallelism seen fits: " + together + ".");
    }
  }

  private String quotient(TaskAdvice task) {
    // Cut, not rounded: 8.97 must not read as 9.0 where 8 fit.
    long tenths = (long) (10.0 * advice.roomBytes() / task.peakBytes());
    return Figures.count(tenths / 10) + "." + tenths % 10;
  }

  private static String product(TaskAdvice task) {
    return "up to "
        + task.together()
        + " x "
        + bytes(task.peakBytes())
        + " = "
        + bytes(task.together() * task.peakBytes());
  }

  /** What the peaks rest on. */
  private void grounds(TaskAdvice task) throws IOException {
    if (task.peakUpperBounds() > 0) {
      sentence(
          (task.peakUpperBounds() == task.peaksKnown()
                  ? "All of the peaks are upper bounds"
                  : Figures.count(task.peakUpperBounds())
                      + " of the peaks "
                      + (task.peakUpperBounds() == 1 ? "is an upper bound" : "are upper bounds"))
              + ": no garbage collection ran in the scope, less may be enough.");
    }
    if (task.peaksKnown() > 0 && task.peaksKnown() < task.recordings()) {
      sentence("Only " + counted(task.peaksKnown(), "recording") + " of them know their peak.");
    }
    if (task.peaksKnown() > 0 && task.peaksKnown() < FEW) {
      sentence(
          "That rests on only "
              + counted(task.peaksKnown(), "recording")
              + ": another may need more.");
    }
  }

  private void left(TaskAdvice task) throws IOException {
    if (task.leftBytes() > 0) {
      long more = advice.roomBytes() / task.leftBytes();
      sentence(
          "Each leaves "
              + bytes(task.leftBytes())
              + " behind on average; if that is never freed, "
              + Figures.count(more)
              + " more of them fill the memory.");
    }
  }

  private void worst() throws IOException {
    if (advice.tasks().size() > 1 && advice.all().recordings() > 1) {
      out.append("\nAll together: at most ")
          .append(counted(advice.all().recordings(), "recording"))
          .append(" at the same time; the peaks of those that were sum up to ")
          .append(bytes(advice.all().peakBytes()) + " at most, which ")
          .append(
              advice.overAtWorst() ? "does not fit: run fewer of them side by side.\n" : "fits.\n");
    }
  }

  private void caveats() throws IOException {
    out.append('\n');
    caveat("A peak is what a garbage collection found alive; between two there may be more.");
    caveat("Peaks of tasks side by side need not come at the same moment: less may be enough.");
    caveat(
        "A heap needs room for garbage too: with none, collections take most of the time. The JVM's"
            + " -Xmx bounds tasks as well.");
    if (advice.base().origin() == WorkerBase.Origin.SEEN) {
      caveat(
          "What a worker needs beside tasks is the least of its heap that was in use, which may"
              + " include tasks, and what it held outside the heap.");
    }
    caveat("A scope inside another counts in both.");
    if (advice.processes() > 0) {
      caveat(
          counted(advice.processes(), "recording")
              + " of whole processes left out, since tasks are in them.");
    }
  }

  private void sentence(String text) throws IOException {
    out.append("  ").append(text).append('\n');
  }

  private void caveat(String text) throws IOException {
    out.append("Caveat: ").append(text).append('\n');
  }

  private static String counted(int count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String bytes(long bytes) {
    return Figures.bytes(bytes);
  }
}
