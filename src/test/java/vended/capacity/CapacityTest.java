package vended.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.template.Template;

/**
 * The figures of docs/capacity.md, from the code, the template and the prices that the page names.
 * {@code ./mvnw test -Dtest=CapacityTest -Dcapacity.docs=true} writes them.
 */
class CapacityTest {
  private static final Path PAGE = Path.of("docs/capacity.md");
  private static final String BEGIN = "<!-- CapacityTest writes what follows -->\n";
  private static final String END = "<!-- CapacityTest writes what precedes -->\n";

  /** Write units that one physical partition takes in a second. */
  private static final int PARTITION = 1_000;

  private static final int DAYS = 2557;
  private static final double DAYS_PER_MONTH = 365.25 / 12;
  private static final long GB = 1L << 30;

  private static final Template TEMPLATE = Template.read(Path.of("template.yaml"), Map.of());
  private static final StoredVend VEND = new StoredVend(TEMPLATE, RecordedVends.example());
  private static final StoredVend LONG = new StoredVend(TEMPLATE, RecordedVends.withContext());

  @Test
  void page_hasTheFiguresOfTheCode() throws Exception {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    String current = before + "\n" + figures() + "\n" + after;
    if (Boolean.getBoolean("capacity.docs")) {
      Files.writeString(PAGE, current);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(current);
  }

  /** The text around the figures names some of them. */
  @Test
  void text_namesTheSameFigures() throws Exception {
    String page = Files.readString(PAGE);

    assertThat(page)
        .contains(
            "%d write units".formatted(VEND.units()),
            "%d vends a second".formatted(PARTITION / VEND.units("by-caller")),
            "%,d vends a day".formatted(Math.round(breakEven() / 100.0) * 100));
  }

  private static String figures() {
    return String.join("\n", items(), million(), shards(), partitions(), storage());
  }

  private static String table(String head, List<String> rows) {
    String columns = head.replaceAll("[^|]+", " ---: ").replaceFirst(" ---: ", " --- ");
    return "%s\n%s\n%s\n".formatted(head, columns, String.join("\n", rows));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String items() {
    Map<String, String> rows = new TreeMap<>();
    for (String place : VEND.places()) {
      rows.put(
          place.equals(StoredVend.TABLE) ? "" : place,
          line(
              "| %s | %,d | %d | %d |",
              place.equals(StoredVend.TABLE) ? place : "`" + place + "`",
              round(VEND.bytes(place)),
              VEND.units(place),
              LONG.units(place)));
    }
    rows.put(
        "~",
        line(
            "| **all** | %,d | **%d** | **%d** |",
            round(VEND.bytes()), VEND.units(), LONG.units()));
    return "### What a granted vend writes\n\n"
        + table(
            "| written to | bytes stored | write units | with a long context |",
            List.copyOf(rows.values()))
        + line(
            "\n"
                + "The intent has %,d bytes and the outcome %,d, without what DynamoDB adds to"
                + " store them.\n",
            VEND.itemBytes("intent"), VEND.itemBytes("outcome"));
  }

  private static long round(long bytes) {
    return (bytes + 25) / 50 * 50;
  }

  private static String million() {
    double writes = VEND.units() * Prices.WRITE_UNIT;
    double warm = 0.1 * Prices.GB_SECOND;
    double sum =
        Prices.REQUEST
            + Prices.INVOCATION
            + warm
            + writes
            + 4 * Prices.READ_UNIT
            + 3 * Prices.LOG_GB;
    double kept = VEND.bytes() * 1e6 / GB * DAYS / DAYS_PER_MONTH * Prices.STORED_GB;
    double backups =
        VEND.bytes(StoredVend.TABLE) * 1e6 / GB * DAYS / DAYS_PER_MONTH * Prices.BACKUP_GB;
    return "### What a million vends cost\n\n"
        + table(
            "| | a million vends |",
            List.of(
                line("| API Gateway, 1 request each | $%.2f |", Prices.REQUEST),
                line("| Lambda, 1 request each | $%.2f |", Prices.INVOCATION),
                line("| Lambda, 1 GB for 0.1 s each, warm | $%.2f |", warm),
                line("| DynamoDB, %d write units each | $%.2f |", VEND.units(), writes),
                line("| DynamoDB, 4 read units each | $%.2f |", 4 * Prices.READ_UNIT),
                line("| CloudWatch Logs, 3 KB each | $%.2f |", 3 * Prices.LOG_GB),
                line("| **at once** | **$%.2f** |", sum),
                line("| stored for seven years, with the indexes | $%.2f |", kept),
                line("| backups for point-in-time recovery, as long | $%.2f |", backups),
                line("| **in all** | **$%.2f** |", sum + kept + backups)));
  }

  private static String shards() {
    Function<Integer, String> row =
        rate -> {
          ShardLoads loads = ShardLoads.of(rate);
          return line(
              "| %,d | %,d | %,d | %,d | %.1f %% |",
              rate,
              rate * VEND.units("by-hour") / 8,
              loads.most() * VEND.units("by-hour"),
              loads.most() * LONG.units("by-hour"),
              100 * loads.spread());
        };
    return "### How vends spread over the shards of an hour\n\n"
        + table(
            "| vends a second | units a shard and second, on average | in the worst second of 60 |"
                + " the same with a long context | the fullest shard in 60 s, above the average |",
            List.of(row.apply(100), row.apply(1_000)));
  }

  @Test
  void noShard_IsAboveAPartitionsLimit_AtAThousandVendsASecond() {
    ShardLoads loads = ShardLoads.of(1_000);

    assertThat(loads.most() * VEND.units("by-hour")).isLessThan(PARTITION / 2);
    assertThat(loads.most() * LONG.units("by-hour")).isLessThan(PARTITION);
  }

  private static String partitions() {
    List<String> rows =
        List.of(4, 8, 16, 64).stream()
            .map(
                count ->
                    line(
                        "| %d | %d %% | %d %% |",
                        count,
                        Math.round(100 * ShardLoads.together(4, count)),
                        Math.round(100 * ShardLoads.together(5, count))))
            .toList();
    return "### How often shards share a partition\n\n"
        + table(
            "| partitions of the index | hours in which 4 or more of the 8 shards are in one |"
                + " 5 or more |",
            rows);
  }

  private static String storage() {
    List<String> rows =
        List.of(10_000, 50_000).stream()
            .map(
                day -> {
                  double table = VEND.bytes(StoredVend.TABLE) * (double) day / GB;
                  double all = VEND.bytes() * (double) day / GB;
                  double month = all * Prices.STORED_GB + table * Prices.BACKUP_GB;
                  return line(
                      "| %,d | %.1f GB | %,.0f GB | %,.0f GB | $%,.0f | $%,.0f |",
                      day,
                      all * DAYS_PER_MONTH,
                      all * DAYS,
                      table * DAYS,
                      month * 365,
                      month * DAYS);
                })
            .toList();
    return "### What seven years of records take\n\n"
        + table(
            "| vends a day | added a month | after seven years | of it the table | a month, after a"
                + " year | a month, after seven years |",
            rows);
  }

  /**
   * From how many vends a day it pays to keep records for 400 days in the table and for seven years
   * in the bucket alone, which costs a stream and its alarms.
   */
  private static double breakEven() {
    double perVendAndDay =
        (VEND.bytes() * Prices.STORED_GB + VEND.bytes(StoredVend.TABLE) * Prices.BACKUP_GB) / GB;
    return Prices.EVIDENCE_MONTH / ((DAYS - 400) * perVendAndDay);
  }

  @Test
  void attributeSizes_AreThoseOfTheDeveloperGuide() {
    assertThat(StoredVend.size(Map.of("ab", AttributeValue.fromS("é")))).isEqualTo(4);
    assertThat(StoredVend.size(Map.of("n", AttributeValue.fromN("3600")))).isEqualTo(3);
    assertThat(StoredVend.size(Map.of("n", AttributeValue.fromN("1767225601")))).isEqualTo(7);
    assertThat(StoredVend.size(Map.of("b", AttributeValue.fromBool(true)))).isEqualTo(2);
    assertThat(
            StoredVend.size(
                Map.of("m", AttributeValue.fromM(Map.of("a", AttributeValue.fromS("bc"))))))
        .isEqualTo(1 + 3 + 1 + 1 + 2);
  }
}
