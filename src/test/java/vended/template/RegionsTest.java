package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template in partitions and Regions that lack something. */
class RegionsTest {
  private static Template in(String partition, String region) {
    String suffix = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    return Template.read(
        Path.of("template.yaml"),
        Map.of(
            "AWS::Partition",
            partition,
            "AWS::Region",
            region,
            "AWS::URLSuffix",
            suffix,
            "EvidenceRetentionDays",
            "1",
            "PublishEvents",
            "true",
            "CallerAccounts",
            "444455556666",
            "AlarmTopicArn",
            "arn:%s:sns:%s:111122223333:ops".formatted(partition, region)));
  }

  private static List<String> texts(@Nullable Object tree) {
    List<String> texts = new ArrayList<>();
    switch (tree) {
      case Map<?, ?> map -> map.values().forEach(value -> texts.addAll(texts(value)));
      case List<?> list -> list.forEach(value -> texts.addAll(texts(value)));
      case null -> {}
      default -> texts.add(tree.toString());
    }
    return texts;
  }

  /** An ARN of another partition names nothing, and IAM refuses some of them in a policy. */
  @ParameterizedTest
  @CsvSource({"aws-cn, cn-north-1", "aws-us-gov, us-gov-west-1"})
  void everyArnIsOfThePartition(String partition, String region) {
    Template template = in(partition, region);

    for (String id : template.resources().keySet()) {
      assertThat(texts(template.resource(id)))
          .as(id)
          .noneMatch(text -> text.contains("arn:aws:") || text.contains("eu-west-1"));
    }
    assertThat(String.valueOf(Tree.at(template.properties("WakeMachine"), "Definition")))
        .contains("arn:" + partition + ":states:::apigateway:invoke");
  }

  @ParameterizedTest
  @CsvSource({
    "aws, eu-west-1, arm64, Active, JSON, true",
    "aws-cn, cn-north-1, x86_64, PassThrough, JSON, false",
    "aws-us-gov, us-gov-west-1, x86_64, Active, Text, true"
  })
  void whatAPartitionLacksIsNotAskedFor(
      String partition,
      String region,
      String architecture,
      String tracing,
      String logs,
      String traced) {
    Template template = in(partition, region);

    for (String function : template.ofType("AWS::Serverless::Function")) {
      var properties = template.properties(function);
      assertThat(Tree.listAt(properties, "Architectures")).isEqualTo(List.of(architecture));
      assertThat(Tree.textAt(properties, "Tracing")).isEqualTo(tracing);
      assertThat(Tree.textAt(properties, "LoggingConfig", "LogFormat")).isEqualTo(logs);
    }
    assertThat(Tree.textAt(template.properties("Api"), "TracingEnabled")).isEqualTo(traced);
  }

  @ParameterizedTest
  @CsvSource({"aws-cn, cn-northwest-1", "aws-us-gov, us-gov-east-1"})
  void allThatMustHoldOfTheTemplateHoldsThereToo(String partition, String region) {
    assertThat(TemplateChecks.findings(in(partition, region))).isEmpty();
  }

  /** Two Regions of AWS's own partition have none. */
  @Test
  void snapshotsCanBeSwitchedOff() {
    var function =
        Template.read(Path.of("template.yaml"), Map.of("SnapStart", "false"))
            .properties("VendFunction");

    assertThat(function).doesNotContainKey("SnapStart");
  }

  /** Lambda makes only so many snapshots at once for an account. */
  @Test
  void oneFunctionAloneHasASnapshot() {
    Template template = in("aws", "eu-west-1");

    assertThat(template.ofType("AWS::Serverless::Function"))
        .filteredOn(id -> template.properties(id).containsKey("SnapStart"))
        .containsExactly("VendFunction");
  }
}
