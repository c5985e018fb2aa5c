package vended.report.page;

import java.util.List;

/** Names of callers and clients as people have them. */
final class SampleNames {
  private static final List<String> FIRST =
      List.of(
          """
          Amber Bluefin Cedar Delta Eastgate Fairway Granite Harbor Island Juniper Kestrel Lakeside
          Meridian Nordwind Orchard Pinnacle Quarry Riverside Summit Tidewater Umbra Vantage
          Westbrook Yellowstone Zephyr\
          """
              .split("\\s+"));

  private static final List<String> SECOND =
      List.of(
          """
          Bank Logistics Health Energy Foods Media Insurance Robotics Travel Textiles Pharma
          Airlines Telecom Housing Labs Motors Retail Software Shipping Water\
          """
              .split("\\s+"));

  private static final List<String> JOBS =
      List.of(
          """
          Deployer NightlyBuild release-pipeline DataSync terraform-apply BackupCheck hotfix-deploy
          CostReport LogShipper SchemaMigration\
          """
              .split("\\s+"));

  private SampleNames() {}

  static String client(int number) {
    String form = number < 500 ? "" : " " + (number / 500 + 1);
    return FIRST.get(number % FIRST.size())
        + " "
        + SECOND.get((number / FIRST.size() + number) % SECOND.size())
        + form;
  }

  static String account(int client) {
    return "4444%08d".formatted(55_550_000 + client * 37);
  }

  static String caller(int number) {
    String team = number < JOBS.size() ? "" : "-team" + number / JOBS.size();
    return "arn:aws:iam::111122223333:role/" + JOBS.get(number % JOBS.size()) + team;
  }

  static String role(int client, int number) {
    return "arn:aws:iam::%s:role/vended/%s"
        .formatted(account(client), List.of("vended-deploy", "vended-read").get(number % 2));
  }
}
