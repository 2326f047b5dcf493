package io.github.topologyxds.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window, which notes all that a page asks for and complains of. */
final class Browser implements AutoCloseable {
  /** Where Debian's packages chromium and chromium-driver put them. */
  private static final String CHROMIUM = "/usr/bin/chromium";

  private static final String DRIVER = "/usr/bin/chromedriver";
  private static final int MAX_BYTES = 300_000;
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private final ChromeDriver driver;
  private final URI origin;

  /** Starts it; pages are of this origin. */
  Browser(URI origin) {
    this.origin = origin;
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(DRIVER).toFile())
                .build(),
            options);
    wide();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** A window as on a desk, 1,400 x 1,000. */
  void wide() {
    size(1400, 1000);
  }

  /** A window as on a phone, 360 x 740. */
  void narrow() {
    size(360, 740);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Prefers one of the colour schemes {@code light} and {@code dark}. */
  void scheme(String name) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  /** Goes to the page with a choice, and waits until it shows what it has read. */
  void open(String fragment) {
    driver.get("about:blank");
    driver.get(origin + "/" + fragment);
    settled();
  }

  /** Chooses without loading the page again, as a link within it does. */
  void choose(String fragment) {
    driver.executeScript("location.hash = arguments[0]", fragment);
    settled();
  }

  /** Waits until nothing is being read that was not read before. */
  void settled() {
    Wait.until("the page to show what it has read")
        .atMost(MAX_WAIT)
        .until(() ->
            Boolean.TRUE.equals(
                driver.executeScript(
                    "return document.querySelectorAll('main section').length > 3"
                        + " && !document.querySelector('[aria-busy=true]')")));
  }

  /** Waits until the text of the first such element fits. */
  void await(String selector, String pattern) {
    Wait.until(selector + " to be like " + pattern)
        .atMost(MAX_WAIT)
        .untilAsserted(() -> assertThat(text(selector)).containsPattern("(?s)" + pattern));
  }

  /** Text of the first such element as it is shown; "" when there is none. */
  String text(String selector) {
    return String.valueOf(
        driver.executeScript(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector));
  }

  /** Returns what a script returns, as JSON. */
  JsonNode json(String script) {
    return new JsonMapper()
        .readTree(
            String.valueOf(
                driver.executeScript("return JSON.stringify((() => {" + script + "})())")));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Takes a picture of the window, if a folder for them is asked for (-Dbrowser.pictures=..). */
  void picture(String name) throws IOException {
    String folder = System.getProperty("browser.pictures", "");
    if (!folder.isEmpty()) {
      byte[] picture = driver.getScreenshotAs(OutputType.BYTES);
      assertThat(picture).as("a picture for a page").hasSizeLessThan(MAX_BYTES);
      Files.createDirectories(Path.of(folder));
      Files.write(Path.of(folder, name + ".png"), picture);
    }
  }

  /** Errors and warnings of the console since this was asked last. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Addresses that pages asked for since this was asked last. */
  List<String> requests() {
    JsonMapper mapper = new JsonMapper();
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> mapper.readTree(entry.getMessage()).at("/message"))
        .filter(
            message -> message.at("/method").stringValue("").equals("Network.requestWillBeSent"))
        .map(message -> Objects.toString(message.at("/params/request/url").stringValue("")))
        .filter(url -> !url.startsWith("about:"))
        .toList();
  }

  /** Nothing was asked of anybody but the page's own server, and nothing was complained of. */
  void assertQuiet() {
    assertThat(requests()).isNotEmpty().allMatch(url -> url.startsWith(origin + "/"));
    assertThat(complaints()).isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
