package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/** What can never be vended is refused when an administrator puts it. */
class ImpossibleTest {
  private static final String OUTSIDE = "arn:aws:iam::555566667777:role/other/deploy";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    admin.verify(admin.putClient().text("client/externalId"));
  }

  private static Map<String, Object> grant(String member, Object value) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "caller", Administrator.CALLER,
                "roleArn", Administrator.ROLE,
                "callerId", Administrator.CALLER_ID));
    body.put(member, value);
    return body;
  }

  private static String statement(String members) {
    return "{'Version':'2012-10-17','Statement':[{%s}]}".formatted(members).replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'Effect':'Alow','Action':'s3:*','Resource':'*' | Statement/0/Effect",
        "'effect':'Allow','Action':'s3:*','Resource':'*' | Statement/0/Effect",
        "'Effect':'Allow','Resource':'*' | either Action or NotAction",
        "'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*' | either Action",
        "'Effect':'Allow','Action':{'a':'b'},'Resource':'*' | Statement/0/Action",
        "'Effect':'Allow','Action':['s3:*',1],'Resource':'*' | Statement/0/Action",
        "'Effect':'Allow','Action':[],'Resource':'*' | Statement/0/Action",
        "'Effect':'Allow','NotAction':[],'Resource':'*' | Statement/0/NotAction",
        "'Effect':'Allow','Action':'s3:*','Resource':[] | Statement/0/Resource",
        "'Effect':'Allow','Action':'s3:*','NotResource':[] | Statement/0/NotResource",
        "'Effect':'Allow','Action':'s3:*','Resoure':'*' | either Resource or NotResource",
        "'Effect':'Allow','Action':'s3:*','Resource':'*','NotResource':'*' | either Resource",
        "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':'x' | Statement/0/Condition",
        "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':'x'} | Condition",
        "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':{'x':{}}} | Condition",
        "'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':'*' | no Principal"
      })
  void aPolicyThatIamRefusesIsNoGrants(String members, String fault) throws Exception {
    Map<String, Object> body = grant("policy", statement(members));

    Answer put = admin.post("/grants/put", body);
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.places()).contains("/policy");
    assertThat(put.text("errors")).contains(fault);

    Answer apply = admin.post("/grants/apply", Map.of("lines", List.of(Json.write(body))));
    assertThat(apply.status()).isEqualTo(400);
    assertThat(apply.places()).contains("/lines/0/policy");
    assertThat(admin.rows()).noneMatch(row -> row.startsWith("caller#"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'Version':'2012-10-17'}",
        "{'Version':'2012-10-17','Statement':[]}",
        "{'Version':'2012-10-18','Statement':[]}",
        "{'Version':20121017,'Statement':[]}",
        "{'Statement':'x'}",
        "{'Statement':['x']}"
      })
  void aDocumentThatIsNoPolicyIsRefused(String policy) throws Exception {
    Answer put = admin.post("/grants/put", grant("policy", policy.replace('\'', '"')));

    assertThat(put.places()).contains("/policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Sid':'x','Effect':'Allow','Action':'s3:*','Resource':'*'",
        "'Effect':'Deny','NotAction':['s3:*','ec2:*'],'NotResource':['arn:aws:s3:::x/*','y']",
        "'Effect':'Allow','Action':'*','Resource':'*',"
            + "'Condition':{'Bool':{'aws:SecureTransport':true},'NumericLessThan':{'s3:max-keys':[1,2.5]},"
            + "'ForAnyValue:StringLike':{'aws:TagKeys':['a','b']}}"
      })
  void aPolicyThatIamTakesIsAGrants(String members) throws Exception {
    assertThat(admin.post("/grants/put", grant("policy", statement(members))).status())
        .isEqualTo(200);
    admin.post(
        "/grants/remove", Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE));
    String one =
        "{'Statement':{%s},'Version':'2008-10-17','Id':'x'}".formatted(members).replace('\'', '"');
    assertThat(admin.post("/grants/put", grant("policy", one)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::444455556666:policy/Another, 400",
    "arn:aws:iam::111122223333:policy/TheVendors, 400",
    "arn:aws-cn:iam::aws:policy/ReadOnlyAccess, 400",
    "arn:aws-cn:iam::555566667777:policy/x, 400",
    "arn:aws:iam::555566667777:policy/path/TheClients, 200",
    "arn:aws:iam::aws:policy/ReadOnlyAccess, 200"
  })
  void aPolicyIsOfTheRolesAccountOrOfAws(String arn, int status) throws Exception {
    Answer put = admin.post("/grants/put", grant("policyArns", List.of(arn)));

    assertThat(put.status()).as("%s", put.body()).isEqualTo(status);
    if (status == 400) {
      assertThat(put.places()).containsExactly("/policyArns/0");
    }
  }

  private static Answer putRoles(String account, int version, String... roles) throws Exception {
    Map<String, Object> body = new HashMap<>(Map.of("account", account, "name", "Another Client"));
    body.put("roles", List.of(roles));
    if (version > 0) {
      body.put("version", version);
    }
    if (account.equals("111122223333")) {
      body.put("ownAccount", true);
    }
    return admin.post("/clients/put", body);
  }

  @Test
  void aRoleThatTheVendorRoleMayNotAssumeIsNoClients() throws Exception {
    int records = admin.records().size();

    Answer added = putRoles(Administrator.ACCOUNT, 2, Administrator.ROLE, OUTSIDE);
    Answer made = putRoles("888899990000", 0, OUTSIDE.replace("555566667777", "888899990000"));
    Answer own = putRoles("111122223333", 0, "arn:aws:iam::111122223333:role/vended/deploy");

    assertThat(added.status()).isEqualTo(400);
    assertThat(added.places()).containsExactly("/roles/1");
    assertThat(added.text("errors"))
        .contains("arn:aws:iam::*:role/vended/*", "parameter ClientRolePattern");
    assertThat(made.places()).containsExactly("/roles/0");
    assertThat(own.places()).containsExactly("/roles/0");
    assertThat(own.text("errors")).contains("AllowOwnAccount");
    assertThat(admin.records()).hasSize(records);
  }

  @Test
  void whereNothingIsKnownOfTheVendorRoleAllRolesAreTaken() throws Exception {
    try (LocalStack free = LocalStack.start(Options.of(without("CLIENT_ROLE_PATTERN")))) {
      try (Administrator other = new Administrator(free)) {
        Map<String, Object> client =
            Map.of("account", Administrator.ACCOUNT, "name", "Another", "roles", List.of(OUTSIDE));
        assertThat(other.post("/clients/put", client).status()).isEqualTo(200);
      }
    }
  }

  /** A role from before a change of the pattern can stay, and the client be renamed or lose it. */
  @Test
  void aRoleThatTheClientHasStays() throws Exception {
    try (LocalStack narrowed = LocalStack.start(Options.of(with("arn:aws:iam::*:role/new/*")))) {
      try (Administrator other = new Administrator(narrowed)) {
        String role = narrowed.demonstration().roleArn();
        Map<String, Object> client =
            Map.of(
                "account", "444455556666", "name", "Renamed", "roles", List.of(role), "version", 1);
        Answer renamed = other.post("/clients/put", client);
        assertThat(renamed.status()).as("%s", renamed.body()).isEqualTo(200);
        assertThat(renamed.at("client/roles/0/verified")).isEqualTo(true);
      }
    }
  }

  @Test
  void aProbeSaysThatTheVendorsOwnPolicyRefusesTheRole_AndThatWaitingIsOfNoUse() throws Exception {
    try (LocalStack narrowed = LocalStack.start(Options.of(with("arn:aws:iam::*:role/new/*")))) {
      try (Administrator other = new Administrator(narrowed)) {
        String role = narrowed.newClient().roleArn();
        stackRow(narrowed, role);
        narrowed.sts().removeRole(role);

        Answer probe = other.post("/probes", Map.of("roleArn", role));

        assertThat(probe.status()).as("%s", probe.body()).isEqualTo(200);
        assertThat(probe.at("passed")).isEqualTo(false);
        assertThat(probe.at("propagating")).isEqualTo(false);
        assertThat(probe.text("findings"))
            .contains("arn:aws:iam::*:role/new/*", "parameter ClientRolePattern")
            .doesNotContain("in its trust policy, with");
      }
    }
  }

  private static void stackRow(LocalStack narrowed, String role) {
    var row =
        AllowListRows.client(
            role.split(":", -1)[4],
            "New Client",
            "external-id-of-the-new-client",
            role,
            Instant.now());
    row.put("roles", AttributeValue.fromM(Map.of(role, AttributeValue.fromM(Map.of()))));
    narrowed.tables().client().putItem(call -> call.tableName(narrowed.allowListTable()).item(row));
  }

  private static Functions with(String pattern) {
    return (environment, clock) -> {
      Map<String, String> other = new HashMap<>(environment);
      other.put("CLIENT_ROLE_PATTERN", pattern);
      Functions functions =
          Functions.ofService(duration -> {}, TestStack.PATIENT, ReportLimits.ofFunction());
      return functions.start(other, clock);
    };
  }

  private static Functions without(String variable) {
    return (environment, clock) -> {
      Map<String, String> other = new HashMap<>(environment);
      other.remove(variable);
      return Functions.ofService(TestStack.PATIENT).start(other, clock);
    };
  }
}
