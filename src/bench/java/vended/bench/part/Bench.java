package vended.bench.part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.JavaSubject;
import vended.bench.subject.Running.Setup;
import vended.bench.subject.Subject;
import vended.bench.subject.Subjects;

/**
 * What the parts share.
 *
 * @param subjects all that can vend on this machine
 * @param starts more ways to start, for the part {@code cold} alone
 * @param rounds how often each has its turn
 * @param vends how many vends a turn has
 * @param memory the sizes of the function, in MB; see {@link #memoryOr}
 * @param idle how long connections are left alone, in seconds
 * @param records how many records the audit has, smallest first
 * @param grants how many grants are applied
 */
public record Bench(
    Setup setup,
    List<Subject> subjects,
    List<Subject> starts,
    int rounds,
    int vends,
    List<Integer> memory,
    List<Integer> idle,
    List<Integer> records,
    int grants) {
  /** What a read or a write of DynamoDB takes, in the same region. */
  public static final Duration DYNAMODB = Duration.ofMillis(4);

  /** What AssumeRole takes. */
  public static final Duration STS = Duration.ofMillis(60);

  public Bench {
    subjects = List.copyOf(subjects);
    starts = List.copyOf(starts);
    memory = List.copyOf(memory);
    idle = List.copyOf(idle);
    records = records.stream().sorted().toList();
  }

  /** The jars among the subjects, compiled in one of the two ways. */
  List<JavaSubject> jars(String compiled) {
    return subjects.stream()
        .filter(JavaSubject.class::isInstance)
        .map(JavaSubject.class::cast)
        .filter(subject -> subject.name().endsWith("(" + compiled + ")"))
        .toList();
  }

  /** The sizes that were asked for, or else these. */
  List<Integer> memoryOr(Integer... usual) {
    return memory.isEmpty() ? List.of(usual) : memory;
  }

  /** The order of a round: nobody always comes first. */
  static <T> List<T> turn(List<T> all, int round) {
    List<T> order = new ArrayList<>(all);
    Collections.rotate(order, -round);
    return order;
  }

  /** Tells whoever waits what happens. */
  static void say(String what) {
    System.out.printf("bench: %s%n", what);
  }

  /** Adds a column of a figure as a multiple of the same jar's baseline, where there is one. */
  static void overBaseline(Section section, String figure, String ratio) {
    over(section, figure, ratio, subject -> twin(subject, section.subjects()));
  }

  /** Adds a column of a figure as a multiple of one subject's. */
  static void overSubject(Section section, String figure, String ratio, String reference) {
    over(section, figure, ratio, subject -> reference);
  }

  private interface Reference {
    @Nullable String of(String subject);
  }

  private static void over(Section section, String figure, String ratio, Reference reference) {
    for (String subject : section.subjects()) {
      String other = reference.of(subject);
      Samples ours = section.get(subject, figure);
      Samples theirs = other == null ? null : section.get(other, figure);
      if (ours != null && theirs != null) {
        section.put(subject, ratio, ours.over(theirs));
      }
    }
  }

  private static @Nullable String twin(String subject, List<String> all) {
    int space = subject.indexOf(' ');
    String twin = space < 0 ? "" : Subjects.BASELINE + subject.substring(space);
    return all.contains(twin) ? twin : null;
  }
}
