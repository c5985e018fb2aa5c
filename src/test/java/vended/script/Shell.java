package vended.script;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import vended.Soak;

/** A shell that the script must run in. */
record Shell(String name, List<String> command) {
  private static final List<Shell> WANTED =
      List.of(
          new Shell("dash", List.of("dash")),
          new Shell("busybox sh", List.of("busybox", "sh")),
          new Shell("bash --posix", List.of("bash", "--posix")),
          new Shell("bash", List.of("bash")));

  private static final List<Shell> HERE = here();

  /** Those of this machine, bash in its POSIX mode only. */
  static Stream<Shell> all() {
    return HERE.stream().filter(shell -> !shell.name.equals("bash") || HERE.size() == 1);
  }

  /** Bash as it is too, which differs less from its POSIX mode than others do from one another. */
  static Stream<Shell> evenBash() {
    return HERE.stream();
  }

  /**
   * All shells in the long run, and one otherwise: for what hardly depends on the shell, since
   * reading, writing and signals have tests in every shell. Not the same one for all classes.
   */
  static Stream<Shell> matrix(Class<?> test) {
    return share(test.getSimpleName(), all().toList());
  }

  /** All of them in the long run, and otherwise the one that this name falls to. */
  static Stream<Shell> share(String name, List<Shell> shells) {
    int index = Math.floorMod(name.hashCode(), shells.size());
    return Soak.ON ? shells.stream() : Stream.of(shells.get(index));
  }

  /**
   * Arguments of a test that takes a shell and what a row has: each row in each shell in the long
   * run, and otherwise in one, so that each shell gets its share of the rows.
   */
  static Stream<Arguments> deal(Stream<?> rows) {
    return deal(rows, all().toList());
  }

  /** The same with these shells. */
  static Stream<Arguments> deal(Stream<?> rows, List<Shell> shells) {
    List<?> all = rows.toList();
    return IntStream.range(0, all.size())
        .boxed()
        .flatMap(
            i ->
                (Soak.ON ? shells.stream() : Stream.of(shells.get(i % shells.size())))
                    .map(shell -> row(shell, all.get(i))));
  }

  private static Arguments row(Shell shell, Object row) {
    return row instanceof Arguments many
        ? Arguments.of(
            Stream.concat(Stream.of(shell), Arrays.stream(many.get())).toArray(Object[]::new))
        : Arguments.of(shell, row);
  }

  /** For what doesn't depend on the shell. */
  static Shell any() {
    return HERE.getFirst();
  }

  private static List<Shell> here() {
    WANTED.stream()
        .filter(shell -> find(shell.command.getFirst()).isEmpty())
        .forEach(shell -> System.out.println("skipped, not on this machine: " + shell));
    List<Shell> here =
        WANTED.stream().filter(shell -> find(shell.command.getFirst()).isPresent()).toList();
    return here.isEmpty() ? List.of(new Shell("sh", List.of("sh"))) : here;
  }

  /** Where a program is. */
  static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
