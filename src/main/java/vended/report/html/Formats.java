package vended.report.html;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vended.text.VisibleText;

/** Formats numbers and times, as English has them. */
public final class Formats {
  private static final DateTimeFormatter MINUTE = format("d MMM uuuu, HH:mm");
  private static final DateTimeFormatter DAY = format("d MMM");
  private static final DateTimeFormatter HOUR = format("d MMM, HH:mm");

  private Formats() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** {@code 12,345}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three or four characters: {@code 345}, {@code 2k}, {@code 12k}, {@code 3M}. */
  public static String brief(long number) {
    if (number < 1000) {
      return Long.toString(number);
    }
    return number < 999_500
        ? Math.round(number / 1000.0) + "k"
        : Math.round(number / 1_000_000.0) + "M";
  }

  /** {@code 1 grant}, {@code 2 grants}; an asterisk stands for the ending of the plural. */
  public static String count(long count, String what) {
    if (what.contains("*")) {
      return number(count) + " " + what.replace("*", count == 1 ? "" : "s");
    }
    return number(count) + " " + what + (count == 1 ? "" : what.endsWith("s") ? "es" : "s");
  }

  /** Capitalizes the first letter. */
  public static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code 1 Mar 2026, 12:34 UTC}. */
  public static String time(Instant time) {
    return MINUTE.format(time) + " UTC";
  }

  /** {@code 1 Mar 2026, 12:34}, or the text if it is not a time; for columns of UTC times. */
  public static @Nullable String minute(@Nullable String time) {
    if (time == null || time.isEmpty()) {
      return time;
    }
    try {
      return MINUTE.format(Instant.parse(time));
    } catch (DateTimeException e) {
      return time;
    }
  }

  /** The name of an hour or a day of a timeline. */
  public static String bucket(Instant start, ChronoUnit unit) {
    return (unit == ChronoUnit.HOURS ? HOUR : DAY).format(start);
  }

  /** {@code 36 hours}, {@code 31 days}. */
  public static String length(Duration length) {
    long hours = Math.max(1, Math.round(length.toSeconds() / 3600.0));
    return hours < 48 ? count(hours, "hour") : count(Math.round(hours / 24.0), "day");
  }

  /** A share in percent: {@code 0%} only if there is none, {@code 100%} only if it is all. */
  public static String share(long part, long whole) {
    if (part == 0 || whole == 0) {
      return "0%";
    }
    double percent = 100.0 * part / whole;
    if (part < whole && percent > 99.9) {
      return "over 99.9%";
    }
    if (percent < 0.1) {
      return "under 0.1%";
    }
    return percent < 10 || percent > 90 ? tenths(percent) + "%" : Math.round(percent) + "%";
  }

  /** {@code 0.4}, {@code 12}, {@code 10,065}: exact enough for a rate. */
  public static String rate(double rate) {
    if (rate >= 10) {
      return number(Math.round(rate));
    }
    return rate > 0 && rate < 0.1 ? "under 0.1" : tenths(rate);
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
  }

  /**
   * Cuts the middle: names differ at their ends as often as at their beginnings. Invisible
   * characters count with the numbers that are shown in their place.
   */
  public static String cut(String hidden, int most) {
    String text = VisibleText.of(hidden);
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
