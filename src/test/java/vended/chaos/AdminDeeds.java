package vended.chaos;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.chaos.Deed.Kind;

/** What administrators ask for. */
final class AdminDeeds {
  private static final String NEW_ACCOUNT = "555566667777";
  private static final String CALLER = "arn:aws:iam::111122223333:user/builder";
  private static final Pattern PROBE_ID = Pattern.compile("\"probeId\":\"(\\w{26})\"");

  private AdminDeeds() {}

  static List<Deed> all() {
    return List.of(
        change("put a client", "/clients/put", newClient("")),
        change(
            "import a client",
            "/clients/put",
            newClient(",'importExternalId':'an-external-id-of-before'")),
        new Deed(
            "drop a client's role",
            Kind.CHANGE,
            (stand, known) ->
                post(
                    stand,
                    "/clients/put",
                    "{'account':'444455556666','name':'Renamed','roles':[],'version':1}")),
        change(
            "change a version that is gone",
            "/clients/put",
            "{'account':'444455556666','name':'Renamed','version':7}"),
        change("suspend", "/clients/suspend", "{'account':'444455556666','suspended':true}"),
        new Deed(
            "resume",
            Kind.CHANGE,
            stand ->
                done(
                    post(stand, "/clients/suspend", "{'account':'444455556666','suspended':true}")),
            (stand, known) ->
                post(stand, "/clients/suspend", "{'account':'444455556666','suspended':false}")),
        change("stop all", "/clients/suspend", "{'all':true,'stopped':true}"),
        new Deed(
            "start all",
            Kind.CHANGE,
            stand -> done(post(stand, "/clients/suspend", "{'all':true,'stopped':true}")),
            (stand, known) -> post(stand, "/clients/suspend", "{'all':true,'stopped':false}")),
        new Deed(
            "activate",
            Kind.CHANGE,
            AdminDeeds::probed,
            (stand, known) -> post(stand, "/clients/activate", "{'probeId':'" + known + "'}")),
        new Deed(
            "activate by a probe that is not there",
            Kind.CHANGE,
            (stand, known) ->
                post(stand, "/clients/activate", "{'probeId':'01ZZ0000000000000000000000'}")),
        new Deed(
            "put a grant",
            Kind.CHANGE,
            (stand, known) -> post(stand, "/grants/put", grant(stand, CALLER, ""))),
        new Deed(
            "change a grant",
            Kind.CHANGE,
            AdminDeeds::granted,
            (stand, known) ->
                post(
                    stand,
                    "/grants/put",
                    grant(stand, CALLER, ",'maxDurationSeconds':900,'version':1"))),
        new Deed(
            "remove a grant",
            Kind.CHANGE,
            AdminDeeds::granted,
            (stand, known) -> post(stand, "/grants/remove", removal(stand, ""))),
        new Deed(
            "plan grants",
            Kind.PLAN,
            AdminDeeds::granted,
            (stand, known) ->
                post(
                    stand,
                    "/grants/apply",
                    "{'plan':true,'lines':[%s,%s]}"
                        .formatted(
                            line(grant(stand, CALLER, ",'maxDurationSeconds':900")),
                            line(grant(stand, CALLER + "2", ""))))),
        new Deed(
            "apply grants",
            Kind.APPLY,
            AdminDeeds::granted,
            (stand, known) ->
                post(
                    stand,
                    "/grants/apply",
                    "{'lines':[%s,%s]}"
                        .formatted(
                            line(removal(stand, ",'remove':true,'version':1")),
                            line(grant(stand, CALLER + "2", ""))))),
        new Deed("list clients", Kind.READ, (stand, known) -> post(stand, "/clients/list", "{}")),
        new Deed(
            "list grants",
            Kind.READ,
            (stand, known) ->
                post(stand, "/grants/list", "{'roleArn':'%s'}".formatted(VendDeeds.role(stand)))));
  }

  private static Deed change(String name, String path, String body) {
    return new Deed(name, Kind.CHANGE, (stand, known) -> post(stand, path, body));
  }

  /** Sends a body that is written with ' for ". */
  static Stand.Answer post(Stand stand, String path, String body) throws Exception {
    return stand.post(stand.stack().people().administrator(), path, body.replace('\'', '"'));
  }

  private static String newClient(String members) {
    return "{'account':'%s','name':'New Client','roles':['arn:aws:iam::%s:role/vended/deploy']%s}"
        .formatted(NEW_ACCOUNT, NEW_ACCOUNT, members);
  }

  private static String grant(Stand stand, String caller, String members) {
    return "{'caller':'%s','roleArn':'%s','unpinned':true%s}"
        .formatted(caller, VendDeeds.role(stand), members);
  }

  private static String removal(Stand stand, String members) {
    return "{'caller':'%s','roleArn':'%s'%s}".formatted(CALLER, VendDeeds.role(stand), members);
  }

  /** A line of a file, as a string in JSON. */
  private static String line(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }

  private static String granted(Stand stand) throws Exception {
    return done(post(stand, "/grants/put", grant(stand, CALLER, "")));
  }

  /** Probes the demonstration's role; answers the probe's ID. */
  static String probed(Stand stand) throws Exception {
    Matcher id = PROBE_ID.matcher(done(VendDeeds.probe(stand)));
    if (!id.find()) {
      throw new AssertionError("no probe");
    }
    return id.group(1);
  }

  static String done(Stand.Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("not arranged: " + answer);
    }
    return answer.body();
  }
}
