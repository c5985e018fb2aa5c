package vended.report.former;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.report.Figure;
import vended.report.Timeline;

/** Formats numbers, times and names. */
final class Formats {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final Pattern ARN =
      Pattern.compile("arn:([a-z-]+):[a-z]+::([0-9]{12}):((?:[!-~]*/)?)([!-.0-~]+)");

  private Formats() {}

  /** {@code 12,345}. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 grant}, {@code 2 grants}. */
  static String count(long count, String one) {
    return number(count) + plural(count, one);
  }

  /** {@code 1 grant}, {@code at least 2 grants}. */
  static String count(Figure count, String one) {
    return figure(count) + plural(count.read(), one);
  }

  private static String plural(long count, String one) {
    return " " + one + (count == 1 ? "" : "s");
  }

  /** {@code 12,345}, {@code at least 12,345}, {@code not known}. */
  static String figure(Figure figure) {
    return switch (figure) {
      case Figure.Exact(long read) -> number(read);
      case Figure.AtLeast(long read) -> "at least " + number(read);
      case Figure.Unknown unknown -> "not known";
    };
  }

  /** {@code 25 of 30 days were read}. */
  static String read(Timeline timeline) {
    return "%s of %s %s read"
        .formatted(
            number(timeline.read()),
            count(timeline.buckets().size(), timeline.step()),
            timeline.read() == 1 ? "was" : "were");
  }

  /** Capitalizes the first letter. */
  static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code 1 Mar 2026, 12:34 UTC}. */
  static String time(Instant time) {
    return MINUTE.format(time) + " UTC";
  }

  /** The name of an hour or a day of a timeline. */
  static String bucket(Instant start, ChronoUnit unit) {
    return (unit == ChronoUnit.HOURS ? HOUR : DAY).format(start);
  }

  /** {@code 42 %}; 0 % only if there is none, and 100 % only if it is all. */
  static String share(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    long percent = Math.round(100.0 * part / whole);
    if (percent == 100 && part < whole) {
      return "> 99 %";
    }
    return percent == 0 ? "< 1 %" : percent + " %";
  }

  /**
   * The parts of an ARN.
   *
   * @param name the name of the user or role
   * @param place the rest of the ARN: {@code 444455556666:role/vended/}
   */
  record ArnParts(String name, String account, String place) {}

  /** The parts of an IAM ARN; empty if the text is none. */
  static Optional<ArnParts> arn(String text) {
    Matcher form = ARN.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String place = form.group(2) + ":" + form.group(3);
    boolean usual = form.group(1).equals("aws");
    return Optional.of(
        new ArnParts(form.group(4), form.group(2), usual ? place : form.group(1) + ":" + place));
  }

  /** Cuts the middle: names differ at their ends as often as at their beginnings. */
  static String cut(String text, int most) {
    int length = text.codePointCount(0, text.length());
    if (length <= most) {
      return text;
    }
    int end = (most - 1) / 2;
    return text.substring(0, text.offsetByCodePoints(0, most - 1 - end))
        + "…"
        + text.substring(text.offsetByCodePoints(text.length(), -end));
  }
}
