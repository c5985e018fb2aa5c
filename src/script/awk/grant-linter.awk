# Checks a file of grants by the rules of /grants/apply, and prints FILE:LINE: and what is
# wrong. Exits with 1 if anything is. Control characters have become \001.
NR == 1 { sub(/^\357\273\277/, "") }
{ sub(/\r$/, "") }
/^[ \t]*(#|$)/ { next }
{ grants++ }
/[\001-\010\013-\037\177]/ { say("", "has control characters in it"); next }
valid($0) != $0 { say("", "is not UTF-8"); next }
{ lint($0) }
END {
  if (!grants) { print FILE ": has no grants, so vend grant apply would remove all of them"; faults++ }
  exit faults ? 1 : 0
}

function say(place, words) {
  faults++
  print FILE ":" NR ": " (place == "" ? "" : place " ") words
}

function lint(line,   problem, i, name, key) {
  split("", kind); split("", content); split("", count); split("", member); split("", position)
  problem = parse(line, "g")
  if (problem == "" && doubled != "") problem = "has a name twice: " shown(doubled)
  if (problem != "") { say("", problem); return }
  for (i = 0; i < count["g"]; i++) {
    name = member["g", i]
    if (name == "version") say(name, "must be left out of a file")
    else if (name !~ /^(caller|roleArn|callerId|unpinned|maxDurationSeconds|policy|policyArns|tags|notBefore|expiresAt|disabled|description)$/)
      say(shown(name), "is unknown; known are: caller, roleArn, callerId, unpinned, maxDurationSeconds, policy, policyArns, tags, notBefore, expiresAt, disabled, description")
  }
  key = keys()
  pin()
  number("maxDurationSeconds")
  policies()
  tags()
  time("notBefore")
  time("expiresAt")
  flag("disabled")
  description()
  if (key == "") return
  if (key in first) say("", "has the same caller and role as line " first[key])
  else first[key] = NR
}

function shown(name) { gsub(/[^!-~]/, "?", name); return substr(name, 1, 60) }
function there(name) { return ("g" SUBSEP name) in kind }
function type(name) { return there(name) ? kind["g", name] : "" }
function text(name) { return content["g", name] }

# size(word): UTF-16 units, which the service counts. A character of four bytes has two.
function size(word,   copy, more) {
  copy = word
  more = gsub(/[\360-\367]/, "", copy)
  gsub(/[\200-\277]/, "", word)
  return length(word) + more
}

function keys(   caller, role) {
  role = caller = ""
  callerIs = ""
  if (type("caller") == "s") {
    if (is_role(text("caller"))) callerIs = "AROA"
    else if (is_user(text("caller"))) callerIs = "AIDA"
  }
  if (callerIs == "") say("caller", (there("caller") ? "" : "is missing: ") "must be the ARN of an IAM role or user, not of a session, no wildcards")
  if (type("roleArn") == "s" && is_role(text("roleArn"))) role = text("roleArn")
  else say("roleArn", (there("roleArn") ? "" : "is missing: ") "must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/PATH/NAME, no wildcards")
  home = role == "" ? "" : substr(role, 1, index(role, ":role/") - 1)
  if (callerIs == "" || role == "") return ""
  caller = text("caller")
  # A role is the same with and without its path.
  if (callerIs == "AROA") sub(/:role\/.*\//, ":role/", caller)
  return caller " " role
}

function is_account(arn,   part) {
  split(arn, part, ":")
  return length(part[5]) == 12 && part[5] !~ /[^0-9]/
}
function is_name(arn) { sub(/^.*\//, "", arn); return length(arn) <= 64 }
function is_role(arn) {
  return length(arn) <= 640 && arn ~ /^arn:aws(-cn|-us-gov)?:iam::[0-9]+:role\/([A-Za-z0-9_+=,.@-]+\/)*[A-Za-z0-9_+=,.@-]+$/ && is_account(arn) && is_name(arn)
}
function is_user(arn,   path) {
  path = arn
  return length(arn) <= 640 && arn !~ /[*?]/ && gsub("/", "/", path) <= 65 && arn ~ /^arn:aws(-cn|-us-gov)?:iam::[0-9]+:user\/([!-.0-~]+\/)*[A-Za-z0-9_+=,.@-]+$/ && is_account(arn) && is_name(arn)
}

function flag(name) {
  if (!there(name)) return 0
  if (type(name) == "b") return text(name) == "true"
  say(name, "must be true or false")
  return 0
}

function pin(   unpinned, id, form) {
  form = "must be the unique ID of the caller, AROA... of a role or AIDA... of a user: aws iam get-role or get-user tells it"
  id = text("callerId")
  if (there("callerId") && (type("callerId") != "s" || callerIs != "" && (substr(id, 1, 4) != callerIs || id ~ /[^A-Z0-9]/ || length(id) < 16 || length(id) > 64)))
    say("callerId", form)
  unpinned = flag("unpinned")
  if (unpinned && there("callerId")) say("unpinned", "must not be true with a callerId")
  if (!unpinned && !there("callerId")) say("callerId", "is missing: " form "; or say \"unpinned\": true")
}

function number(name) {
  if (there(name) && !(type(name) == "n" && text(name) ~ /^[0-9]+$/ && text(name) + 0 >= 900 && text(name) + 0 <= 3600))
    say(name, "must be a whole number from 900 to 3600 (a role\047s session gets no more from STS)")
}

function time(name,   word, part, days) {
  if (!there(name)) return
  word = toupper(text(name))
  days = ""
  if (type(name) == "s" && word ~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.0+)?(Z|[+-][01][0-9]:[0-5][0-9])$/) {
    split(word, part, /[-T:]/)
    days = part[2] == 2 ? (part[1] % 4 == 0 && (part[1] % 100 || part[1] % 400 == 0) ? 29 : 28) : part[2] ~ /^(04|06|09|11)$/ ? 30 : 31
    if (part[1] < 1970 || part[2] < 1 || part[2] > 12 || part[3] < 1 || part[3] > days) days = ""
    if (part[4] > 24 || part[4] == 24 && word !~ /T24:00:00/ || substr(word, 18, 2) == 60 && word !~ /T23:59:60/ || substr(word, 18, 2) > 60) days = ""
  }
  if (days == "") say(name, "must be a time to the second, from 1970 to 9999, like 2026-01-31T00:00:00Z")
}

function description(   word) {
  if (!there("description")) return
  word = text("description")
  if (type("description") != "s" || size(word) > 256 || word ~ /^[ \t]*$/ || word ~ /[\001-\037\177]/ || word ~ /\302[\200-\237]/ || word ~ /\342\200[\250\251]/)
    say("description", "must be 1 to 256 characters, no control characters")
}

function tags(   i, n, key, value, lower, bad, seen) {
  if (!there("tags")) return
  if (type("tags") != "o") { say("tags", "must be an object whose values are strings"); return }
  n = count["g" SUBSEP "tags"]
  for (i = 0; i < n; i++) {
    key = member["g" SUBSEP "tags", i]
    if (kind["g" SUBSEP "tags" SUBSEP key] != "s") { say("tags", "must be an object whose values are strings"); return }
    value = content["g" SUBSEP "tags" SUBSEP key]
    lower = tolower(key)
    if (key == "" || points(key) > 128 || points(value) > 256 || key value ~ /[^A-Za-z0-9 _.:\/=+@\200-\377-]/ || key value ~ /\302[\200-\237]/ || lower ~ /^(vended|aws):/ || lower in seen) bad = 1
    seen[lower] = 1
  }
  if (bad || n > 48)
    say("tags", "must be at most 48, with keys of 1 to 128 and values of up to 256 letters, digits, spaces and _.:/=+-@; keys must differ by more than case, and must not begin with vended: or aws:")
}

function points(word) { gsub(/[\200-\277]/, "", word); return length(word) }

function policies(   i, n, arn, total, bad, policy, names, sized) {
  sized = 0
  if (there("policy")) {
    policy = text("policy")
    # Copied first: reading the policy uses the same variables.
    if (type("policy") != "s" || policy == "" || size(policy) > 2048 || policy ~ /[\001-\010\013\014\016-\037\304-\377]/ || parse(policy, "p") != "" || doubled != "")
      say("policy", "must be a string of up to 2048 characters, none above U+00FF, that holds an IAM policy: one JSON object, no name twice")
    else {
      sized = size(policy)
      grammar()
    }
  }
  if (there("policyArns")) {
    n = type("policyArns") == "a" ? count["g" SUBSEP "policyArns"] : -1
    for (i = 0; i < n; i++) if (kind["g" SUBSEP "policyArns" SUBSEP i] != "s") n = -1
    if (n < 0) say("policyArns", "must be a list of ARNs of managed policies")
    if (n > 10) say("policyArns", "must hold 10 ARNs at most")
    for (i = 0; i < n; i++) {
      arn = content["g" SUBSEP "policyArns" SUBSEP i]
      total += size(arn)
      if (!is_policy(arn)) bad = 1
      else if (home != "" && index(arn, home ":") != 1 && index(arn, substr(home, 1, length(home) - 12) "aws:") != 1)
        say("policyArns/" i, "must be a policy of the client role\047s account, " home ":policy/..., or of AWS")
    }
    if (bad) say("policyArns", "must hold ARNs of managed policies, arn:aws:iam::...:policy/...")
  }
  if (total + sized > 2048) say(sized ? "policy" : "policyArns", "must be 2048 characters at most, policy and policyArns together")
}

function is_policy(arn,   name) {
  if (arn !~ /^arn:aws(-cn|-us-gov)?:iam::(aws|[0-9]+):policy\/[A-Za-z0-9_+=,.@\/-]+$/) return 0
  name = arn
  sub(/^[^\/]*\//, "", name)
  return length(name) <= 512 && (arn ~ /:iam::aws:/ || is_account(arn))
}

# grammar(): by the rules without which IAM refuses any policy.
function grammar(   i, n, at) {
  if (("p" SUBSEP "Version") in kind && !(kind["p", "Version"] == "s" && content["p", "Version"] ~ /^(2012-10-17|2008-10-17)$/)) rule("Version must be 2012-10-17 or 2008-10-17")
  at = "p" SUBSEP "Statement"
  if (kind[at] == "o") statement(at, "Statement")
  else if (kind[at] == "a" && count[at] > 0) {
    n = count[at]
    for (i = 0; i < n; i++) {
      if (kind[at SUBSEP i] == "o") statement(at SUBSEP i, "Statement/" i)
      else rule("Statement/" i " must be an object")
    }
  }
  else rule("Statement must be an object, or a non-empty list of objects")
}

function rule(words) { say("policy", "must be a valid IAM policy: " words) }

function statement(at, place,   effect) {
  effect = at SUBSEP "Effect"
  if (!(kind[effect] == "s" && content[effect] ~ /^(Allow|Deny)$/)) rule(place "/Effect must be Allow or Deny")
  either(at, place, "Action", "NotAction")
  either(at, place, "Resource", "NotResource")
  if ((at SUBSEP "Condition") in kind && !is_condition(at SUBSEP "Condition"))
    rule(place "/Condition must be an object of operators, each an object of keys with a value or a list of values")
  if ((at SUBSEP "Principal") in kind || (at SUBSEP "NotPrincipal") in kind)
    rule(place " must have no Principal: a session policy is the session\047s own")
}

function either(at, place, name, other,   one, i, good) {
  if (((at SUBSEP name) in kind) == ((at SUBSEP other) in kind)) { rule(place " must have either " name " or " other); return }
  one = (at SUBSEP name) in kind ? name : other
  at = at SUBSEP one
  good = kind[at] == "s" || kind[at] == "a" && count[at] > 0
  if (kind[at] == "a") for (i = 0; i < count[at]; i++) if (kind[at SUBSEP i] != "s") good = 0
  if (!good) rule(place "/" one " must be a string, or a non-empty list of strings")
}

function is_condition(at,   i, j, k, keys_at, value_at) {
  if (kind[at] != "o") return 0
  for (i = 0; i < count[at]; i++) {
    keys_at = at SUBSEP member[at, i]
    if (kind[keys_at] != "o") return 0
    for (j = 0; j < count[keys_at]; j++) {
      value_at = keys_at SUBSEP member[keys_at, j]
      if (kind[value_at] ~ /[snb]/) continue
      if (kind[value_at] != "a") return 0
      for (k = 0; k < count[value_at]; k++) if (kind[value_at SUBSEP k] !~ /[snb]/) return 0
    }
  }
  return 1
}
