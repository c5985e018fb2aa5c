package vended.crowd;

import java.time.Duration;
import java.util.List;
import vended.local.Sts;

/**
 * A client.
 *
 * @param roles its client roles
 * @param standing whether it is suspended
 */
record House(String account, String externalId, List<Role> roles, Standing standing) {
  /**
   * A client role.
   *
   * @param standing whether it is verified
   */
  record Role(String arn, String externalId, Standing standing) {
    /** Its trust policy lets the vendor in with its ExternalId alone. */
    void close(Sts sts, String vendor) {
      String condition =
          ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"%s\"}}".formatted(externalId);
      trust(sts, vendor, condition);
    }

    /** Its trust policy lets in whoever has the vendor call. */
    void open(Sts sts, String vendor) {
      trust(sts, vendor, "");
    }

    private void trust(Sts sts, String vendor, String condition) {
      String policy =
          """
          {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "%1$s"}, "Action": "sts:AssumeRole"%2$s},
            {"Effect": "Allow", "Principal": {"AWS": "%1$s"},
             "Action": ["sts:SetSourceIdentity", "sts:TagSession"]}]}
          """
              .formatted(vendor, condition);
      sts.addRole(arn, policy, Duration.ofHours(1));
    }
  }

  static House of(int number) {
    String account = "5000%08d".formatted(number);
    String externalId = "external-id-of-client-%d".formatted(number);
    List<Role> roles =
        List.of("deploy", "read").stream()
            .map(name -> "arn:aws:iam::%s:role/vended/%s".formatted(account, name))
            .map(arn -> new Role(arn, externalId, new Standing()))
            .toList();
    return new House(account, externalId, roles, new Standing());
  }
}
