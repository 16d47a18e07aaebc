package dev.heaplight.samples.quickstart;

import dev.heaplight.Tracker;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A report over orders in an in-memory database: real library code inside a scope. */
final class SqlReport {
  private static final int CUSTOMERS = 97;

  private final int orders;

  SqlReport(int orders) {
    this.orders = orders;
  }

  /** Returns the lines of the report, best customer first. */
  List<String> run() throws SQLException {
    try (Tracker tracker =
            Tracker.named("sql_report")
                .attribute("orders", Integer.toString(orders))
                .attribute("database", "H2")
                .open();
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:orders")) {
      createTable(connection);
      insertOrders(connection);
      return revenueByCustomer(connection);
    }
  }

  private static void createTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table orders (id int primary key, customer varchar(40), amount decimal(12, 2))");
    }
  }

  private void insertOrders(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into orders values (?, ?, ?)")) {
      for (int id = 0; id < orders; id++) {
        insert.setInt(1, id);
        insert.setString(2, "customer " + id % CUSTOMERS);
        insert.setBigDecimal(3, BigDecimal.valueOf(id % 1_000, 2));
        insert.executeUpdate();
      }
    }
  }

  private static List<String> revenueByCustomer(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select customer, count(*), sum(amount) from orders"
                    + " group by customer order by 3 desc, 1")) {
      while (rows.next()) {
        lines.add(rows.getString(1) + ": " + rows.getInt(2) + " orders, " + rows.getBigDecimal(3));
      }
    }
    return lines;
  }
}
