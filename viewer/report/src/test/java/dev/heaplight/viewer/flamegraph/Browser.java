package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with one page open. */
public final class Browser implements AutoCloseable {
  private static final Pattern REQUEST_URL =
      Pattern.compile("^.*\"request\":\\{.*?\"url\":\"([^\"]*)\".*$");

  private final ChromeDriver driver;

  /**
   * Starts the Chromium that is on the path, with its profile in {@code directory}. Without it and
   * its driver the calling tests are skipped, with {@code HEAPLIGHT_REQUIRE_BROWSER=1} they fail.
   */
  public static Browser start(Path directory) throws IOException {
    Optional<Path> chromium = executable("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = executable("chromedriver");
    if (chromium.isEmpty() || driver.isEmpty()) {
      String missing = "browser test not run: no chromium and chromedriver on the path";
      System.out.println(missing);
      if ("1".equals(System.getenv("HEAPLIGHT_REQUIRE_BROWSER"))) {
        fail(missing);
      }
      abort(missing);
    }
    return new Browser(chromium.orElseThrow(), driver.orElseThrow(), directory.resolve("profile"));
  }

  private Browser(Path chromium, Path chromeDriver, Path profile) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,800",
        "--user-data-dir=" + Files.createDirectory(profile));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromeDriver.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    // The browser's own start page requests its own parts.
    driver.get("about:blank");
    requests();
    // Zooming is then one step, so that no check has to wait for it.
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** First of {@code names} on the path. */
  private static Optional<Path> executable(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public void open(Path page) {
    driver.get(page.toUri().toString());
  }

  /** What {@code expression} evaluates to in the page. */
  public Object evaluate(String expression, Object... arguments) {
    Object value = driver.executeScript("return " + expression, arguments);
    return value == null ? "null" : value;
  }

  public double number(String expression, Object... arguments) {
    return ((Number) evaluate(expression, arguments)).doubleValue();
  }

  public String text(String id) {
    return evaluate("document.getElementById(arguments[0]).innerText", id).toString();
  }

  /** Moves the mouse to the middle of a graph's box. */
  Actions at(long node) {
    return at(node, false);
  }

  /** Moves the mouse to the middle of a box of the graph, or of the callers above it. */
  Actions at(long node, boolean callers) {
    String box = "(heaplight.box(arguments[0], arguments[1]))";
    double x = number("(b => b.x + b.width / 2)" + box, node, callers);
    double y = number("(b => b.y + b.height / 2)" + box, node, callers);
    return new Actions(driver).moveToLocation((int) x, (int) y);
  }

  /** Presses the mouse at one point of the window, moves it to another and lets it go. */
  void drag(int fromX, int fromY, int toX, int toY) {
    new Actions(driver)
        .moveToLocation(fromX, fromY)
        .clickAndHold()
        .moveToLocation(toX, toY)
        .release()
        .perform();
  }

  /** Runs a script in each page before its own, until the returned one is run. */
  Runnable beforePages(String script) {
    Object identifier =
        driver
            .executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument", Map.<String, Object>of("source", script))
            .get("identifier");
    return () ->
        driver.executeCdpCommand(
            "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", identifier));
  }

  /** Makes the system look light or dark to the page. */
  public void colourScheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-reduced-motion", "value", "reduce"),
                Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The text that was copied last. */
  Object clipboard() {
    driver.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    return evaluate("navigator.clipboard.readText()");
  }

  public void open(String url) {
    driver.get(url);
  }

  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Writes what the window shows as a picture. */
  public void picture(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Makes the window as large as given. */
  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Everything the page's console shows: errors of scripts and refused requests among it. */
  public List<String> consoleMessages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Addresses requested since the last call, as the browser's network log has them. */
  public List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(message -> REQUEST_URL.matcher(message).replaceFirst("$1"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
