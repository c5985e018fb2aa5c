package vended.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumeRoleCallTest {
  private static final Map<String, String> VALID =
      Map.of(
          "RoleArn", "arn:aws:iam::444455556666:role/vended/deploy",
          "RoleSessionName", "demo@1",
          "ExternalId", "an-external-id");

  @Test
  void whatStsTakes_IsRead() throws Exception {
    var call =
        AssumeRoleCall.parse(with(Map.of("Tags.member.1.Key", "a", "Tags.member.1.Value", "")));

    assertThat(call.durationSeconds()).isEqualTo(3600);
    assertThat(call.externalId()).contains("an-external-id");
    assertThat(call.sourceIdentity()).isEmpty();
    assertThat(call.tags()).containsExactly(Map.entry("a", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RoleArn | arn:aws:iam::444455556666:user/deploy",
        "RoleArn | deploy",
        "RoleSessionName | a b",
        "RoleSessionName | a",
        "RoleSessionName | ''",
        "ExternalId | ''",
        "ExternalId | a",
        "ExternalId | a*b",
        "SourceIdentity | aws:me",
        "SourceIdentity | ''",
        "DurationSeconds | 899",
        "DurationSeconds | 43201",
        "DurationSeconds | 1e3",
        "Policy | ''",
        "PolicyArns.member.1.arn | arn:aws:iam::aws:role/ReadOnlyAccess",
        "TransitiveTagKeys.member.1 | a",
        "Tags.member.1.Key | no-value",
      })
  void aParameterThatStsRefuses_IsRefused(String name, String value) {
    assertRefused(Map.of(name, value));
  }

  @ParameterizedTest
  @CsvSource({"a*,b", "'',b", "aws:a,b", "AWS:a,b", "a,b*"})
  void aTagThatStsRefuses_IsRefused(String key, String value) {
    assertRefused(Map.of("Tags.member.1.Key", key, "Tags.member.1.Value", value));
  }

  @Test
  void tagsThatDifferByCaseAlone_AreRefused() {
    assertRefused(
        Map.of(
            "Tags.member.1.Key", "a",
            "Tags.member.1.Value", "1",
            "Tags.member.2.Key", "A",
            "Tags.member.2.Value", "2"));
  }

  @Test
  void moreThanFiftyTags_OrTenPolicies_AreRefused() {
    Map<String, String> tags = new LinkedHashMap<>();
    Map<String, String> policies = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 51)
        .forEach(
            i -> {
              tags.put("Tags.member.%d.Key".formatted(i), "k" + i);
              tags.put("Tags.member.%d.Value".formatted(i), "");
            });
    IntStream.rangeClosed(1, 11)
        .forEach(
            i ->
                policies.put("PolicyArns.member.%d.arn".formatted(i), "arn:aws:iam::aws:policy/p"));

    assertRefused(tags);
    assertRefused(policies);
  }

  @Test
  void allErrors_AreSaidAtOnce() {
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(() -> AssumeRoleCall.parse(new Form(Map.of())))
        .withMessageStartingWith("ValidationError: 2 validation errors detected: ");
  }

  private static void assertRefused(Map<String, String> parameters) {
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(() -> AssumeRoleCall.parse(with(parameters)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("ValidationError"));
  }

  private static Form with(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(VALID);
    all.putAll(parameters);
    return new Form(all);
  }
}
