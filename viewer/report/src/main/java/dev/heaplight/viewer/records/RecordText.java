package dev.heaplight.viewer.records;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record of a file as a line as soon as it is read; holds nothing but the tables that
 * records refer to.
 */
public final class RecordText implements RecordingVisitor {
  private final Path file;
  private final RecordLine line;
  private final boolean numbers;
  private @Nullable DictionaryText dictionary;

  private RecordText(Path file, Appendable out, boolean numbers) {
    this.file = file;
    this.line = new RecordLine(out);
    this.numbers = numbers;
  }

  /**
   * Writes {@code file} to {@code out}, and last how the file ended. What comes before a damaged
   * place is written before this fails.
   *
   * @param numbers whether entries name classes, threads and stacks by number, which then have
   *     lines of their own
   * @throws dev.heaplight.format.RecordingException if it is no recording, of another version, or
   *     corrupt
   * @throws IOException if it cannot be read, or {@code out} not be written
   */
  public static void write(Path file, boolean numbers, Appendable out) throws IOException {
    RecordText text = new RecordText(file, out, numbers);
    try {
      ReadOutcome outcome = RecordingReader.read(file, text);
      text.line.start("end").rest("complete=" + outcome.complete());
      text.line.number("usableBytes", outcome.usableBytes());
      text.line.number("truncatedBytes", outcome.truncatedBytes()).end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void header(RecordingHeader header, Dictionary tables) {
    dictionary = new DictionaryText(tables, line, numbers);
    line.start("recording").string("file", file.toString()).end();
    line.start("header").string("name", header.name()).string("kind", header.kind());
    line.string("id", header.id()).string("mode", header.mode());
    line.number("startEpochMillis", header.startEpochMillis()).number("pid", header.pid());
    line.string("host", header.host()).string("jvm", header.jvm());
    line.string("agent", header.agentVersion()).end();
    header
        .attributes()
        .forEach(
            (key, value) -> record("attribute").string("key", key).string("value", value).end());
  }

  @Override
  public void slice(long startMillis, long endMillis) {
    times(record("slice"), startMillis, endMillis);
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    entry("allocation", "class", stack, className, thread, objects, bytes);
  }

  @Override
  public void progress(Progress progress) {
    record("progress").number("elapsedMillis", progress.elapsedMillis());
    line.figure("jvmAllocatedBytes", progress.jvmAllocatedBytes());
    line.figure("gcCount", progress.gcCount()).number("samples", progress.samples());
    line.number("agentBytes", progress.agentBytes());
    line.number("samplingIntervalBytes", progress.samplingIntervalBytes()).end();
  }

  @Override
  public void note(String text) {
    record("note").string("text", text).end();
  }

  @Override
  public void live(LiveHeader live) {
    record("live").rest("kind=" + live.kind().name().toLowerCase(Locale.ROOT));
    line.number("elapsedMillis", live.elapsedMillis()).number("collection", live.collection());
    line.string("collector", live.collector()).number("samples", live.samples()).end();
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    entry("live-entry", "class", stack, className, thread, objects, bytes);
  }

  @Override
  public void liveEnd() {
    record("live-end").end();
  }

  @Override
  public void collection(GcPoint point) {
    record("collection").number("elapsedMillis", point.elapsedMillis());
    line.string("collector", point.collector()).figure("durationMillis", point.durationMillis());
    line.figure("liveObjects", point.liveObjects()).figure("liveBytes", point.liveBytes()).end();
  }

  @Override
  public void memory(MemorySample sample) {
    record("memory").number("elapsedMillis", sample.elapsedMillis());
    line.figure("rssBytes", sample.rssBytes());
    line.figure("rssMinusSharedBytes", sample.rssMinusSharedBytes());
    line.figure("heapUsedBytes", sample.heapUsedBytes());
    line.figure("heapCommittedBytes", sample.heapCommittedBytes());
    line.figure("directBytes", sample.directBytes());
    line.figure("metaspaceBytes", sample.metaspaceBytes()).end();
  }

  @Override
  public void memoryParts(MemoryParts parts) {
    record("memory-parts").number("elapsedMillis", parts.elapsedMillis());
    line.figure("codeCacheBytes", parts.codeCacheBytes());
    line.figure("threads", parts.threads());
    line.figure("threadBytes", parts.threadBytes());
    line.figure("jvmBytes", parts.jvmBytes());
    line.figure("mallocBytes", parts.mallocBytes());
    line.figure("mappedFileBytes", parts.mappedFileBytes());
    line.figure("sharedBytes", parts.sharedBytes()).end();
  }

  @Override
  public void offHeapSlice(long startMillis, long endMillis) {
    times(record("off-heap-slice"), startMillis, endMillis);
  }

  @Override
  public void offHeap(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    record("off-heap").number("takenBytes", takenBytes).number("takenObjects", takenObjects);
    line.number("freedBytes", freedBytes).number("freedObjects", freedObjects);
    place("kind", stack, kind, thread);
  }

  @Override
  public void lifetimes(List<Lifetime> all) {
    for (Lifetime lifetime : all) {
      record("lifetime").number("collectionsSurvived", lifetime.collectionsSurvived());
      line.number("millisLog2", lifetime.millisLog2());
      line.number("bytes", lifetime.bytes()).number("objects", lifetime.objects()).end();
    }
  }

  @Override
  public void agent(AgentCost cost) {
    record("agent").figure("cpuNanos", cost.cpuNanos()).figure("memoryBytes", cost.memoryBytes());
    line.figure("memoryLimitBytes", cost.memoryLimitBytes()).end();
  }

  @Override
  public void footer(Footer footer) {
    record("footer").number("durationMillis", footer.durationMillis());
    line.number("allocatedBytes", footer.allocatedBytes());
    line.number("allocatedObjects", footer.allocatedObjects());
    line.string("endReason", footer.endReason()).end();
  }

  private RecordLine record(String name) {
    if (dictionary != null) {
      dictionary.gained();
    }
    return line.start(name);
  }

  private static void times(RecordLine line, long startMillis, long endMillis) {
    line.number("startMillis", startMillis).number("endMillis", endMillis).end();
  }

  private void entry(
      String name, String key, int stack, int className, int thread, long objects, long bytes) {
    record(name).number("bytes", bytes).number("objects", objects);
    place(key, stack, className, thread);
  }

  private void place(String key, int stack, int className, int thread) {
    if (dictionary == null) {
      throw new IllegalStateException("an entry before the header");
    }
    dictionary.className(key, className);
    dictionary.thread(thread);
    dictionary.stack(stack);
  }
}
