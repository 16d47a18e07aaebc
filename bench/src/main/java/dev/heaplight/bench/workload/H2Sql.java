package dev.heaplight.bench.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL over an in-memory H2 database: look-ups, changes, a join, a group-by and a parsed query. */
final class H2Sql implements Workload {
  private static final int ROWS = 5_000;
  private static final int CUSTOMERS = 100;
  private static final int LOOK_UPS = 40;
  private static final int CHANGES = 20;
  private static final int RANGE = 300;

  private final Connection connection;
  private final PreparedStatement lookUp;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement update;
  private final PreparedStatement join;
  private int nextId = ROWS;

  H2Sql() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:bench");
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table customer (id int primary key, name varchar)");
      statement.execute(
          "create table item (id int primary key, customer int, name varchar, price double)");
      statement.execute("create index item_customer on item (customer)");
    }
    insert = connection.prepareStatement("insert into item values (?, ?, ?, ?)");
    lookUp = connection.prepareStatement("select name, price from item where id = ?");
    delete = connection.prepareStatement("delete from item where id = ?");
    update = connection.prepareStatement("update item set price = price + ? where id = ?");
    join =
        connection.prepareStatement(
            "select c.name, count(*), sum(i.price) from item i join customer c on c.id = i.customer"
                + " where i.id between ? and ? group by c.name order by 3 desc");
    fill();
  }

  private void fill() throws SQLException {
    try (PreparedStatement customer =
        connection.prepareStatement("insert into customer values (?, ?)")) {
      for (int id = 0; id < CUSTOMERS; id++) {
        customer.setInt(1, id);
        customer.setString(2, "customer " + id);
        customer.executeUpdate();
      }
    }
    for (int id = 0; id < ROWS; id++) {
      insertItem(id);
    }
  }

  @Override
  public long operate(int number) throws SQLException {
    long sum = 0;
    int oldest = nextId - ROWS;
    for (int i = 0; i < LOOK_UPS; i++) {
      sum += lookUp(oldest + (number * 31 + i * 97) % ROWS);
    }
    for (int i = 0; i < CHANGES; i++) {
      delete.setInt(1, nextId - ROWS);
      sum += delete.executeUpdate();
      insertItem(nextId++);
      update.setDouble(1, 0.5);
      update.setInt(2, nextId - 1 - i);
      sum += update.executeUpdate();
    }
    join.setInt(1, nextId - RANGE);
    join.setInt(2, nextId);
    try (ResultSet groups = join.executeQuery()) {
      while (groups.next()) {
        sum += groups.getString(1).length() + groups.getLong(2);
      }
    }
    return sum + parsedQuery(number);
  }

  private void insertItem(int id) throws SQLException {
    insert.setInt(1, id);
    insert.setInt(2, id % CUSTOMERS);
    insert.setString(3, "item " + id % 997);
    insert.setDouble(4, id * 1.5);
    insert.executeUpdate();
  }

  private long lookUp(int id) throws SQLException {
    lookUp.setInt(1, id);
    try (ResultSet item = lookUp.executeQuery()) {
      return item.next() ? item.getString(1).length() + (long) item.getDouble(2) : 0;
    }
  }

  /** Its text differs each time, so that it is parsed and planned each time. */
  private long parsedQuery(int number) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select id, upper(name) || '-' || customer from item where customer = "
                    + number % CUSTOMERS
                    + " and price > "
                    + number
                    + " order by name limit 20")) {
      long sum = 0;
      while (rows.next()) {
        sum += rows.getString(2).length();
      }
      return sum;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
