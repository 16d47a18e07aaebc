package dev.heaplight.bench.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One operation reads a document as a tree and as beans, and writes both. */
final class JacksonJson implements Workload {
  private static final int ORDERS = 60;
  private static final int LINES = 5;

  private final ObjectMapper mapper = new ObjectMapper();
  private final String json;

  /** A bean by its public fields. */
  public static final class Order {
    public long number;
    public String customer = "";
    public double total;
    public boolean paid;
    public List<Line> lines = new ArrayList<>();
    public Map<String, String> tags = new LinkedHashMap<>();
  }

  /** A bean in a bean. */
  public static final class Line {
    public String article = "";
    public int count;
    public double price;
  }

  JacksonJson() throws JsonProcessingException {
    SyntheticText source = new SyntheticText(7);
    Order[] orders = new Order[ORDERS];
    for (int i = 0; i < ORDERS; i++) {
      orders[i] = order(i, source);
    }
    json = mapper.writeValueAsString(orders);
  }

  private static Order order(int number, SyntheticText source) {
    Order order = new Order();
    order.number = 1_000_000L + number;
    order.customer = source.text(3);
    order.total = number * 12.25;
    order.paid = number % 3 == 0;
    for (int i = 0; i < LINES; i++) {
      Line line = new Line();
      line.article = source.word();
      line.count = i + 1;
      line.price = number + i / 4.0;
      order.lines.add(line);
    }
    order.tags.put("note", source.text(6));
    order.tags.put("channel", source.word());
    return order;
  }

  @Override
  public long operate(int number) throws JsonProcessingException {
    JsonNode tree = mapper.readTree(json);
    long sum = mapper.writeValueAsString(tree).length();
    Order[] orders = mapper.readValue(json, Order[].class);
    orders[number % ORDERS].paid ^= true;
    sum += mapper.writeValueAsBytes(orders).length;
    return sum + tree.get(number % ORDERS).get("lines").size();
  }
}
