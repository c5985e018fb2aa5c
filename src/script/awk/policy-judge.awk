# Reads the lines of a policy, below the path AT, and prints a line for each thing in it that is not
# as the template makes it. It never guesses: a statement counts as a protection only in the forms
# that are compared here, and an Allow that is in none of them is named.
# MODE says which policy:
#   table     NEVER: actions denied to all; ONLY: denied to all but ROLES; ARN: the table; OWN: the role
#             that alone writes suspensions of clients by themselves, or empty; PROBER: the role that alone
#             records probes of a role, or empty
#   trust     SERVICE: who alone may assume the role
#   powers    FUNCTIONS: ARNs of those in which the role's statements hold
#   callers   SOURCE: the beginning of the ARNs of the API's methods, or empty if no API calls it
#   api       ACCOUNT, CALLERS, ADMINISTRATORS, AUDITORS, VIEW: the parameters of the stack
#   stack     NEVER: the resources that no update may replace or delete
BEGIN { total = 0 }
index($0, AT "/Statement") == 1 {
  path = substr($0, length(AT) + length("/Statement") + 1)
  at = index(path, "=")
  kind = substr(path, at + 1, 1)
  content = substr(path, at + 3)
  path = substr(path, 1, at - 1)
  # One statement need not be in a list.
  i = 0
  if (path ~ /^\/[0-9]+/) {
    i = substr(path, 2)
    sub(/\/.*/, "", i)
    path = substr(path, length(i) + 2)
  }
  if (i + 1 > total) total = i + 1
  if (kind == "o" || kind == "a" || path == "") next
  path = substr(path, 2)
  sub(/\/[0-9]+$/, "", path)
  gsub(/~1/, "/", path)
  if (path ~ /^Condition\//) path = tolower(path)
  size[i, path]++
  member[i, path, size[i, path]] = content
  if (size[i, path] > 1) next
  if (path ~ /^condition\//) conditions[i] = conditions[i] "\n" path
  else if (path ~ /^(Not)?Principal(\/|$)/) principals[i] = principals[i] "\n" path
  else if (path !~ /^(Sid|Effect|Action|Resource)$/) odd[i] = path
}
END {
  if (MODE == "table") table()
  else if (MODE == "trust") trust()
  else if (MODE == "powers") powers()
  else if (MODE == "callers") callers()
  else if (MODE == "api") api()
  else stack()
}

function table(   list, n, k, i) {
  n = split(NEVER, list, " ")
  for (k = 1; k <= n; k++) if (!denies(list[k], "")) print "it does not deny " list[k] " to all"
  n = split(ONLY, list, " ")
  for (k = 1; k <= n; k++) if (!denies(list[k], ROLES)) print "it does not deny " list[k] " to all but the service"
  if (OWN != "" && !keeps("dynamodb:DeleteItem", "", "mine#*")) print "clients\047 own suspensions can be deleted"
  if (OWN != "" && !keeps("dynamodb:PutItem", OWN, "mine#*")) print "clients\047 own suspensions can be changed by others"
  if (PROBER != "" && !keeps("dynamodb:PartiQLInsert", PROBER, "probes#*")) print "others than the vendor role can record that a role was probed"
  for (i = 0; i < total; i++) if (!is(i, "Effect", "Deny")) print named(i) " allows something"
}

# keeps ACTION ROLE ROWS: whether a statement denies the action on the rows with such keys to all, or to
# all but the role.
function keeps(action, role, rows,   i, keys, but) {
  keys = "condition/foranyvalue:stringlike/dynamodb:leadingkeys"
  but = "condition/arnnotequals/aws:principalarn"
  for (i = 0; i < total; i++)
    if (is(i, "Effect", "Deny") && odd[i] == "" && anybody(i) && matches(i, "Action", action) && matches(i, "Resource", ARN) \
        && is(i, keys, rows) && (conditions[i] == "\n" keys \
          || role != "" && within(i, but, role) && length(conditions[i]) == length(keys but) + 2)) return 1
  return 0
}

# denies ACTION ROLES: whether a statement denies the action on the table to all, or to all but some
# of the roles.
function denies(action, roles,   i) {
  for (i = 0; i < total; i++)
    if (is(i, "Effect", "Deny") && odd[i] == "" && anybody(i) && matches(i, "Action", action) \
        && matches(i, "Resource", ARN) && (conditions[i] == "" || roles != "" && excepts(i, roles))) return 1
  return 0
}

function excepts(i, roles,   path, k) {
  path = substr(conditions[i], 2)
  if (path !~ /^condition\/(arnnotequals|arnnotlike|stringnotequals|stringnotlike)\/aws:principalarn$/) return 0
  return within(i, path, roles)
}

function trust(   i, some) {
  for (i = 0; i < total; i++) {
    if (is(i, "Effect", "Deny")) continue
    if (odd[i] == "" && principals[i] == "\nPrincipal/Service" && within(i, "Principal/Service", SERVICE) \
        && within(i, "Action", "sts:AssumeRole")) some = 1
    else print named(i) " lets others in than " SERVICE ": " who(i)
  }
  if (!some) print "it does not let " SERVICE " in"
}

function powers(   i) {
  for (i = 0; i < total; i++) {
    if (is(i, "Effect", "Deny") || within(i, "Action", "xray:PutTraceSegments xray:PutTelemetryRecords")) continue
    if (odd[i] == "" && (within(i, "condition/arnlike/lambda:sourcefunctionarn", FUNCTIONS) \
        || within(i, "condition/arnequals/lambda:sourcefunctionarn", FUNCTIONS))) continue
    print named(i) " holds outside the service\047s functions, too"
  }
}

function callers(   i, some) {
  for (i = 0; i < total; i++) {
    if (is(i, "Effect", "Deny")) continue
    if (SOURCE != "" && odd[i] == "" && principals[i] == "\nPrincipal/Service" \
        && within(i, "Principal/Service", "apigateway.amazonaws.com") && within(i, "Action", "lambda:InvokeFunction") \
        && from(i)) some = 1
    else print named(i) " lets others call it: " who(i)
  }
  if (SOURCE != "" && !some) print "the API can\047t call it"
}

function from(i,   path, k) {
  path = substr(conditions[i], 2)
  if (path !~ /^condition\/(arnlike|arnequals|stringequals|stringlike)\/aws:sourcearn$/) return 0
  for (k = 1; k <= size[i, path]; k++) if (index(member[i, path, k], SOURCE) != 1) return 0
  return 1
}

function api(   i, k, list, n, open) {
  gsub(/,/, " ", CALLERS)
  gsub(/,/, " ", ADMINISTRATORS)
  gsub(/,/, " ", AUDITORS)
  for (i = 0; i < total; i++)
    if (!is(i, "Effect", "Deny")) {
      if (odd[i] != "" || !within(i, "Action", "execute-api:Invoke") || !within(i, "condition/stringnotequals/aws:principalaccount", ACCOUNT))
        print named(i) " opens the API to " who(i) ", also in this account"
      else if (principals[i] == "\nPrincipal/AWS") accounts(i, open)
      else arns(i)
    }
  n = split(CALLERS, list, " ")
  for (k = 1; k <= n; k++) if (!(list[k] in open)) print "callers of " list[k] " can\047t call /credentials"
}

function accounts(i, open,   k, account) {
  for (k = 1; k <= size[i, "Principal/AWS"]; k++) {
    account = member[i, "Principal/AWS", k]
    if (account ~ /^arn:[a-z-]+:iam::[0-9]+:root$/) { sub(/^arn:[a-z-]+:iam::/, "", account); sub(/:root$/, "", account) }
    if (account != ACCOUNT && !word(account, CALLERS)) print named(i) " opens the API to " account ", which is not in CallerAccounts"
    if (routes(i, "credentials roles")) open[account] = 1
    else print named(i) " opens more than /credentials and /roles to " account
  }
}

function arns(i,   path) {
  if (VIEW == "true" && principals[i] == "\nPrincipal" && conditions[i] ~ /\ncondition\/null\/aws:principalaccount/ \
      && routes(i, "mine/audit mine/grants mine/suspend")) return
  path = "condition/arnlike/aws:principalarn"
  if (within(i, path, ADMINISTRATORS) && routes(i, "probes clients/* grants/* audit/caller access/* roles")) return
  if (within(i, path, AUDITORS) && routes(i, "audit/* access/* roles")) return
  print named(i) " opens the API to " who(i) ", which is not in AdministratorArns or AuditorArns, or opens other routes"
}

# routes WORDS: whether all resources are among these routes of the stage.
function routes(i, words,   k, path) {
  for (k = 1; k <= size[i, "Resource"]; k++) {
    path = member[i, "Resource", k]
    if (!sub(/^execute-api:\//, "", path) && !sub(/^arn:[a-z-]+:execute-api:[a-z0-9-]+:[0-9]+:[a-z0-9]+\//, "", path)) return 0
    if (!sub(/^v1\/POST\//, "", path) || !word(path, words)) return 0
  }
  return size[i, "Resource"] > 0
}

function stack(   list, n, k, i, kept) {
  n = split(NEVER, list, " ")
  for (k = 1; k <= n; k++) {
    kept = 0
    for (i = 0; i < total; i++)
      if (is(i, "Effect", "Deny") && odd[i] == "" && conditions[i] == "" && anybody(i) && matches(i, "Action", "Update:Replace") \
          && matches(i, "Action", "Update:Delete") && matches(i, "Resource", "LogicalResourceId/" list[k])) kept = 1
    if (!kept) print "an update may replace or delete " list[k]
  }
}

function is(i, name, content) { return size[i, name] == 1 && member[i, name, 1] == content }

function anybody(i) {
  return principals[i] == "\nPrincipal" && is(i, "Principal", "*") || principals[i] == "\nPrincipal/AWS" && is(i, "Principal/AWS", "*")
}

# within NAME WORDS: whether there is such a member, and each of its values is one of the words.
function within(i, name, words,   k) {
  for (k = 1; k <= size[i, name]; k++) if (!word(member[i, name, k], words)) return 0
  return size[i, name] > 0
}

function word(content, words) { return content !~ / / && index(" " words " ", " " content " ") > 0 }

# matches NAME TEXT: whether a value covers the text. Actions are compared without their case.
function matches(i, name, content,   k) {
  for (k = 1; k <= size[i, name]; k++) if (glob(member[i, name, k], content, name == "Action")) return 1
  return 0
}

function glob(pattern, content, any_case) {
  if (any_case) { pattern = tolower(pattern); content = tolower(content) }
  gsub(/[][\\.^$+(){}|]/, "[&]", pattern)
  gsub(/\[\\\]/, "\\\\", pattern)
  gsub(/\[\^\]/, "\\^", pattern)
  gsub(/\*/, ".*", pattern)
  gsub(/\?/, ".", pattern)
  return content ~ ("^" pattern "$")
}

function named(i) { return size[i, "Sid"] ? "statement " member[i, "Sid", 1] : "statement " (i + 1) }

function who(i,   list, n, k, j, words) {
  n = split(principals[i], list, "\n")
  for (k = 2; k <= n; k++)
    for (j = 1; j <= size[i, list[k]] && j <= 3; j++) words = words (words == "" ? "" : ", ") member[i, list[k], j]
  return words == "" ? "nobody that is named" : words
}
