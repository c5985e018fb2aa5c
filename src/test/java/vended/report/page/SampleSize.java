package vended.report.page;

import java.util.List;

/**
 * How large a sample is.
 *
 * @param name the name of its files
 * @param markers how many changes the timeline has
 * @param isNew whether nothing is older than the period
 * @param isHostile whether texts are what an attacker would write
 */
record SampleSize(
    String name,
    long vends,
    int callers,
    int clients,
    int pairs,
    int days,
    int markers,
    boolean isNew,
    boolean isHostile) {
  static final SampleSize NONE = new SampleSize("none", 0, 0, 0, 0, 31, 0, true, false);
  static final SampleSize ONE = new SampleSize("one", 1, 1, 1, 1, 31, 1, true, false);
  static final SampleSize FEW = new SampleSize("few", 30, 3, 2, 5, 3, 4, false, false);
  static final SampleSize THOUSAND =
      new SampleSize("thousand", 1000, 8, 12, 24, 31, 30, false, false);
  static final SampleSize MONTH =
      new SampleSize("month", 310_000, 40, 50, 260, 31, 500, false, false);
  static final SampleSize HUGE =
      new SampleSize("huge", 10_000_000, 400, 2000, 20_000, 366, 3000, false, false);
  static final SampleSize HOSTILE =
      new SampleSize("hostile", 4000, 14, 20, 60, 31, 40, false, true);

  static final List<SampleSize> ALL = List.of(NONE, ONE, FEW, THOUSAND, MONTH, HUGE, HOSTILE);

  /** Everything that could break a page. */
  static final String ATTACK =
      "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&amp;&\u202Eevil"
          + "\u2066\u200B\u0007 😀 שלום {{7*7}} ${7*7}";

  private static final List<String> ATTACKS =
      List.of(
          ATTACK,
          "مرحبا بالعالم هذا اسم طويل جدا",
          "Z̷̨̛̙a̶̧l̴g̵o̷ ͎̪͋T̴e̸x̵t̷".repeat(3),
          "👩‍👩‍👧‍👦🏴‍☠️ Ünïcödé 株式会社サンプル",
          "W".repeat(300),
          "\"".repeat(256));

  /** A text, or in a hostile sample what an attacker would write instead, with the text in it. */
  String text(String text) {
    int which = Math.floorMod(text.hashCode(), ATTACKS.size() * 2);
    return isHostile && which < ATTACKS.size() ? ATTACKS.get(which) + text : text;
  }
}
