package vended.bench.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vended.bench.os.Programs;
import vended.bench.standin.Tls;
import vended.bench.subject.Running.Setup;
import vended.lambda.LambdaProcess;
import vended.lambda.TaskRoot;

/** Finds what can be measured on this machine. */
public final class Subjects {
  /** The jar of this build, in the names of its two subjects. */
  public static final String PRODUCT = "vended";

  /** The jar of {@code -Dbench.baseline}, likewise. */
  public static final String BASELINE = "baseline";

  /** The peers. */
  public static final String PYTHON = "Python";

  public static final String NODE = "Node";

  private final Path folder;
  private final Tls tls;
  private final String handler;
  private final List<String> flags;
  private final List<Subject> found = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param folder for what has to be unpacked or installed
   * @param flags of every JVM, besides Lambda's own
   */
  public Subjects(Path folder, Tls tls, String handler, List<String> flags) {
    this.folder = folder;
    this.tls = tls;
    this.handler = handler;
    this.flags = List.copyOf(flags);
  }

  /**
   * A jar, with both of Lambda's ways to compile: all tiers, as with SnapStart, and C1 alone, as
   * without it.
   */
  public Subjects jar(String name, Path jar) throws IOException {
    return root(name, TaskRoot.unpack(jar, folder.resolve(name)));
  }

  /** This build's jar with other HTTP clients, by the names of {@code src/bench/clients}. */
  public Subjects clients(List<String> names, Path jar) {
    for (String name : names) {
      try {
        root(name, HttpClients.with(name, jar, folder.resolve(name)));
      } catch (IOException e) {
        missing.add("The client " + name + " was not measured: " + e.getMessage() + ".");
      }
    }
    return this;
  }

  private Subjects root(String name, TaskRoot root) throws IOException {
    String vend = JavaSubject.handlerIn(root, handler);
    List<String> all = new ArrayList<>(flags);
    all.add("-Djavax.net.ssl.trustStore=" + tls.trust().toAbsolutePath());
    found.add(new JavaSubject(name + " (tiered)", root, vend, all));
    List<String> first = new ArrayList<>(all);
    first.add(LambdaProcess.FIRST_TIER_ONLY);
    found.add(new JavaSubject(name + " (C1)", root, vend, first));
    return this;
  }

  /** Python, if it is there with boto3. */
  public Subjects python(Path script) throws IOException, InterruptedException {
    // A shim of a version manager would be timed as well.
    Optional<String> answer =
        Programs.output(
            List.of(
                "python3",
                "-c",
                "import sys, boto3, botocore; print(sys.executable, botocore.__path__[0])"));
    if (answer.isEmpty()) {
      missing.add(PYTHON + " was not measured: python3 with boto3 is not on this machine.");
      return this;
    }
    String[] parts = answer.get().split(" ", 2);
    Path bundle = folder.resolve("python-ca.pem");
    Path usual = Path.of(parts[1], "cacert.pem");
    Files.writeString(
        bundle,
        (Files.exists(usual) ? Files.readString(usual, UTF_8) : "")
            + Files.readString(tls.certificate(), UTF_8));
    found.add(
        new PeerSubject(
            PYTHON,
            List.of(parts[0], script.toAbsolutePath().toString()),
            Map.of("AWS_CA_BUNDLE", bundle.toAbsolutePath().toString())));
    return this;
  }

  /** Node, if it is there with npm, which installs the SDK into the folder. */
  public Subjects node(Path script, Path packages) throws IOException, InterruptedException {
    Path modules = Files.createDirectories(folder.resolveSibling("node"));
    if (!Programs.has("node") || !installed(modules, packages)) {
      missing.add(NODE + " was not measured: node, or the SDK from npm, is not on this machine.");
      return this;
    }
    found.add(
        new PeerSubject(
            NODE,
            List.of("node", script.toAbsolutePath().toString()),
            Map.of(
                "BENCH_MODULES",
                modules.toAbsolutePath().toString(),
                "NODE_EXTRA_CA_CERTS",
                tls.certificate().toAbsolutePath().toString())));
    return this;
  }

  private static boolean installed(Path modules, Path packages)
      throws IOException, InterruptedException {
    Path sdk = modules.resolve("node_modules").resolve("@aws-sdk");
    if (Files.isDirectory(sdk.resolve("client-sts"))) {
      return true;
    }
    Files.copy(packages, modules.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
    return Programs.output(
            List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", modules.toString()))
        .isPresent();
  }

  /** Other ways to start this build's jar, compiled by C1 as where there is no snapshot. */
  public List<Subject> starts(List<String> names, Path jar, Setup setup)
      throws InterruptedException {
    List<Subject> starts = new ArrayList<>();
    for (Subject subject : found) {
      if (subject instanceof JavaSubject usual && usual.name().equals(PRODUCT + " (C1)")) {
        Starts others = new Starts(usual, jar, folder);
        for (String name : names) {
          try {
            starts.add(others.of(name, setup));
          } catch (IOException e) {
            missing.add("The start " + name + " was not measured: " + e.getMessage() + ".");
          }
        }
      }
    }
    return starts;
  }

  /**
   * What was found.
   *
   * @param wanted starts of names; all if empty
   */
  public List<Subject> found(Set<String> wanted) {
    return found.stream()
        .filter(
            subject ->
                wanted.isEmpty()
                    || wanted.stream()
                        .anyMatch(
                            name ->
                                subject
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith(name.toLowerCase(Locale.ROOT))))
        .toList();
  }

  /** What was not, as sentences. */
  public List<String> missing() {
    return List.copyOf(missing);
  }
}
