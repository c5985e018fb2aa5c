package vended.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.json.Json;
import vended.json.JsonObject;

/**
 * Headless Chromium, driven by chromedriver, which speaks the W3C's WebDriver: JSON over HTTP.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("chromium", "chromedriver");
  private static final Pattern PORT = Pattern.compile("on port ([0-9]+)");
  private static final Pattern REQUEST =
      Pattern.compile(
          "\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI session;

  private Chromium(Process driver, int port) throws IOException, InterruptedException {
    this.driver = driver;
    URI server = URI.create("http://127.0.0.1:" + port + "/session");
    Map<String, Object> chrome =
        Map.of(
            "binary",
            find("chromium").orElseThrow().toString(),
            "args",
            List.of(
                "--headless=new",
                // A container's root has no sandbox, and little shared memory.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run"));
    Map<String, Object> wanted =
        Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            chrome,
            "goog:loggingPrefs",
            Map.of("performance", "ALL", "browser", "ALL"));
    Object made = send("POST", server, Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    this.session = URI.create(server + "/" + member(made, "sessionId"));
  }

  /** Starts it; nothing where the machine does not have it. */
  public static Optional<Chromium> start() throws IOException, InterruptedException {
    if (!PROGRAMS.stream().allMatch(program -> find(program).isPresent())) {
      return Optional.empty();
    }
    Process driver =
        new ProcessBuilder(find("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher port = PORT.matcher(line);
      if (line.contains("successfully") && port.find()) {
        // What it says later must not fill the pipe.
        Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
        return Optional.of(new Chromium(driver, Integer.parseInt(port.group(1))));
      }
    }
    throw new IOException("chromedriver does not start");
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page, and waits until it is loaded. */
  public void open(URI page) throws IOException, InterruptedException {
    call("POST", "/url", Map.of("url", page.toString()));
  }

  /** Runs JavaScript of the test's own in the page: {@code return …}. */
  public @Nullable Object run(String script) throws IOException, InterruptedException {
    return call("POST", "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** A screen of a width, in light or dark. */
  public void screen(int width, boolean dark) throws IOException, InterruptedException {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "screen",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A picture of the page from its beginning, as high as the page is, up to a limit. */
  public void picture(Path file, int width, int height) throws IOException, InterruptedException {
    Object picture =
        devTools(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, Base64.getDecoder().decode(member(picture, "data")));
  }

  /** Prints the page on A4 paper, or as its style sheet says. */
  public void print(Path file) throws IOException, InterruptedException {
    Object printed =
        devTools("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true));
    Files.write(file, Base64.getDecoder().decode(member(printed, "data")));
  }

  /** As it is printed by somebody who sees it in the dark. */
  public void paper() throws IOException, InterruptedException {
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "print",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** What the console has said since this was asked last. */
  public List<String> console() throws IOException, InterruptedException {
    return log("browser");
  }

  /** The addresses of all requests since this was asked last. */
  public List<String> requests() throws IOException, InterruptedException {
    List<String> urls = new ArrayList<>();
    for (String event : log("performance")) {
      Matcher request = REQUEST.matcher(event);
      if (request.find()) {
        urls.add(request.group(1));
      }
    }
    return urls;
  }

  private List<String> log(String type) throws IOException, InterruptedException {
    Object entries = call("POST", "/se/log", Map.of("type", type));
    return ((List<?>) Objects.requireNonNull(entries))
        .stream().map(entry -> member(entry, "message")).toList();
  }

  private @Nullable Object devTools(String command, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    return call("POST", "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  private @Nullable Object call(String method, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(method, URI.create(session + path), body);
  }

  private @Nullable Object send(String method, URI url, Map<String, ?> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(Json.write(body)))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("chromedriver: " + answer.body());
    }
    return ((JsonObject.Read) JsonObject.read(answer.body())).object().members().get("value");
  }

  private static String member(@Nullable Object object, String name) {
    return String.valueOf(((Map<?, ?>) Objects.requireNonNull(object)).get(name));
  }

  @Override
  public void close() {
    try {
      call("DELETE", "", Map.of());
    } catch (IOException e) {
      System.err.println("Chromium does not end: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    driver.destroy();
    http.close();
  }
}
