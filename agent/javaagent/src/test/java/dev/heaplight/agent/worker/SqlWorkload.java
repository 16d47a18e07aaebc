package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs SQL in an in-memory database, the first time outside and then inside a scope. */
public final class SqlWorkload {
  private SqlWorkload() {}

  /** Takes the number of rows. */
  public static void main(String[] arguments) throws SQLException {
    int rows = Integer.parseInt(arguments[0]);
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:test")) {
      work(connection, rows);
      try (Tracker tracker = Tracker.named("sql").kind("request").open()) {
        work(connection, rows);
      }
    }
  }

  private static void work(Connection connection, int rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists item (id int primary key, name varchar, x double)");
      statement.execute("delete from item");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into item values (?, ?, ?)")) {
      for (int i = 0; i < rows; i++) {
        insert.setInt(1, i);
        insert.setString(2, "name" + i % 97);
        insert.setDouble(3, i * 1.5);
        insert.executeUpdate();
      }
    }
    try (PreparedStatement query =
            connection.prepareStatement(
                "select name, count(*), sum(x) from item where id > ? group by name order by 2");
        ResultSet result = query(query)) {
      while (result.next()) {
        result.getString(1);
      }
    }
  }

  private static ResultSet query(PreparedStatement query) throws SQLException {
    query.setInt(1, 10);
    return query.executeQuery();
  }
}
