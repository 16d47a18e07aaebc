package dev.heaplight.viewer.recordings;

import dev.heaplight.format.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A recording as a worker of an order service would leave it: deep stacks through H2, Jackson and
 * the JDK, with the names those libraries really have. The same seed gives the same recording.
 */
public final class RealisticRecording {
  private static final String[][] ENTRIES = {
    {
      "java.lang.Thread.run:840",
      "java.util.concurrent.ThreadPoolExecutor$Worker.run:635",
      "java.util.concurrent.ThreadPoolExecutor.runWorker:1136",
      "java.util.concurrent.FutureTask.run:264",
      "com.acme.orders.OrderWorker.call:88"
    },
    {"com.acme.orders.OrderService.main:31", "com.acme.orders.OrderService.warmUp:57"},
  };
  private static final String[][] PATHS = {
    {
      "com.acme.orders.OrderImport.importBatch:142",
      "com.acme.orders.OrderReader.read:61",
      "com.fasterxml.jackson.databind.ObjectMapper.readValue:3893",
      "com.fasterxml.jackson.databind.ObjectMapper._readMapAndClose:4890",
      "com.fasterxml.jackson.databind.deser.DefaultDeserializationContext.readRootValue:323",
      "com.fasterxml.jackson.databind.deser.BeanDeserializer.deserialize:185",
      "com.fasterxml.jackson.databind.deser.BeanDeserializer.vanillaDeserialize:314",
      "com.fasterxml.jackson.databind.deser.impl.MethodProperty.deserializeAndSet:129",
      "com.fasterxml.jackson.databind.deser.std.CollectionDeserializer.deserialize:246",
      "com.fasterxml.jackson.databind.deser.std.StringDeserializer.deserialize:42",
      "com.fasterxml.jackson.core.json.ReaderBasedJsonParser.getText:295",
      "com.fasterxml.jackson.core.util.TextBuffer.contentsAsString:457"
    },
    {
      "com.acme.orders.OrderImport.store:171",
      "com.acme.orders.OrderRepository.insertAll:93",
      "org.h2.jdbc.JdbcPreparedStatement.executeUpdate:209",
      "org.h2.jdbc.JdbcPreparedStatement.executeUpdateInternal:257",
      "org.h2.command.CommandContainer.executeUpdateWithGeneratedKeys:214",
      "org.h2.command.dml.Insert.update:170",
      "org.h2.command.dml.Insert.insertRows:239",
      "org.h2.mvstore.db.MVTable.addRow:519",
      "org.h2.mvstore.db.MVPrimaryIndex.add:132",
      "org.h2.mvstore.tx.TransactionMap.put:1282",
      "org.h2.mvstore.tx.TransactionMap.set:1350",
      "org.h2.mvstore.MVMap.operate:1807",
      "org.h2.mvstore.Page$Leaf.insertLeaf:1570",
      "org.h2.mvstore.Page.insertKey:779"
    },
    {
      "com.acme.orders.MonthlyReport.build:204",
      "com.acme.orders.OrderRepository.findByMonth:118",
      "org.h2.jdbc.JdbcPreparedStatement.executeQuery:131",
      "org.h2.command.CommandContainer.query:251",
      "org.h2.command.query.Query.query:448",
      "org.h2.command.query.Select.queryWithoutCache:756",
      "org.h2.command.query.Select.queryFlat:642",
      "org.h2.result.LocalResult.addRow:412",
      "org.h2.result.LocalResult.cloneLobs:379",
      "java.util.ArrayList.add:454",
      "java.util.ArrayList.grow:244",
      "java.util.Arrays.copyOf:3512"
    },
    {
      "com.acme.orders.MonthlyReport.render:233",
      "com.acme.orders.CsvWriter.writeRow:49",
      "java.io.PrintWriter.println:825",
      "java.io.BufferedWriter.write:236",
      "java.lang.StringBuilder.append:179",
      "java.lang.AbstractStringBuilder.append:582",
      "java.lang.AbstractStringBuilder.ensureCapacityInternal:233",
      "java.util.Arrays.copyOf:3537"
    },
    {
      "com.acme.orders.PriceCache.lookup:77",
      "com.acme.orders.PriceCache.load:101",
      "java.util.concurrent.ConcurrentHashMap.computeIfAbsent:1708",
      "com.acme.orders.PriceCache.lambda$load$0:104",
      "com.fasterxml.jackson.databind.ObjectMapper.convertValue:4580",
      "com.fasterxml.jackson.databind.util.TokenBuffer.writeString:867",
      "com.fasterxml.jackson.databind.util.TokenBuffer._append:1403"
    },
  };
  private static final String[] CLASSES = {
    "byte[]",
    "java.lang.String",
    "char[]",
    "java.lang.Object[]",
    "java.util.HashMap$Node",
    "org.h2.value.ValueVarchar",
    "org.h2.value.ValueInteger",
    "java.util.ArrayList",
    "com.acme.orders.Order",
    "com.acme.orders.OrderLine",
    "java.math.BigDecimal",
    "int[]",
    "org.h2.mvstore.Page$Leaf",
    "java.util.HashMap$Node[]"
  };

  private final Random random;

  private RealisticRecording(long seed) {
    this.random = new Random(seed);
  }

  /** Writes about {@code stacks} stacks to {@code args[0]}, incompletely if {@code args[2]}. */
  public static void main(String[] args) throws IOException {
    TestRecording recording = create(Path.of(args[0]), Integer.parseInt(args[1]), 42);
    if (args.length > 2) {
      recording.note("live=off: objects that the compiler removed are counted as allocated");
      recording.flush(184_250, 61_203_283_968L, 212).abandon();
    } else {
      recording.finish(184_250, 61_203_283_968L, 212);
    }
  }

  /** Starts a recording of about {@code stacks} distinct stacks, neither flushed nor ended. */
  public static TestRecording create(Path file, int stacks, long seed) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("customer", "north-west");
    attributes.put("batch", "2026-11-20/07");
    TestRecording recording = TestRecording.create(file, "import_orders", attributes);
    RealisticRecording source = new RealisticRecording(seed);
    for (int i = 0; i < stacks; i++) {
      source.addTo(recording);
    }
    return recording;
  }

  private void addTo(TestRecording recording) {
    List<Frame> frames = new ArrayList<>();
    append(frames, ENTRIES[random.nextInt(10) == 0 ? 1 : 0], 99);
    int path = (int) Math.min(PATHS.length - 1, Math.abs(random.nextGaussian()) * 2.2);
    append(frames, PATHS[path], 2 + random.nextInt(PATHS[path].length));
    while (random.nextInt(3) == 0) {
      String[] tail = PATHS[random.nextInt(PATHS.length)];
      int from = random.nextInt(tail.length);
      append(frames, List.of(tail).subList(from, tail.length).toArray(String[]::new), 6);
    }
    String className = CLASSES[(int) Math.min(13, Math.abs(random.nextGaussian()) * 5)];
    long objects = 1 + (long) Math.exp(random.nextDouble() * 12);
    long size = className.endsWith("[]") ? 32 + 8L * random.nextInt(400) : 24;
    recording.allocation(className, objects, objects * size, frames.toArray(Frame[]::new));
  }

  private void append(List<Frame> frames, String[] path, int most) {
    for (int i = 0; i < Math.min(path.length, most); i++) {
      int colon = path[i].lastIndexOf(':');
      int line = Integer.parseInt(path[i].substring(colon + 1));
      boolean otherLine = random.nextInt(12) == 0;
      frames.add(
          TestRecording.frame(
              path[i].substring(0, colon), otherLine ? line + random.nextInt(40) : line));
    }
  }
}
