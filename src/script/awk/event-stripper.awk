# strip(event): prints an AssumeRole event with the members that the service reads, and no others,
# behind four columns: its time in seconds plus 10^12 (so that all have 13 digits; 10^12 if it has
# none); the milliseconds in which its vend can have begun, first and last; and whether it says who
# called. An event that cannot be read member by member becomes a text, for the service to judge.
function wants(   n, i, name) {
  n = split("/CloudTrailEvent /EventId /eventID /eventName /eventSource /eventTime /sharedEventID /errorCode /errorMessage /userIdentity /userIdentity/arn /userIdentity/principalId /userIdentity/sessionContext /userIdentity/sessionContext/sessionIssuer /userIdentity/sessionContext/sessionIssuer/arn /requestParameters /requestParameters/roleArn /requestParameters/roleSessionName /requestParameters/durationSeconds /requestParameters/policy /responseElements /responseElements/credentials /responseElements/credentials/accessKeyId", name, " ")
  for (i = 1; i <= n; i++) WANTED[name[i]] = 1
  OPEN[""] = 1
  CONTAINERS = split("/userIdentity /userIdentity/sessionContext /userIdentity/sessionContext/sessionIssuer /requestParameters /responseElements /responseElements/credentials", CONTAINER, " ")
  for (i = 1; i <= CONTAINERS; i++) OPEN[CONTAINER[i]] = 1
}

function strip(text,   outer, id, i, inner, path, line) {
  members(text)
  id = value["/EventId"]
  outer = value["/CloudTrailEvent"]
  if (!odd && outer != "" && outer != "\"\"") {
    text = unquoted(outer)
    members(text)
  } else id = value["/eventID"]
  # Some tools write structures as JSON texts.
  for (i = 1; i <= CONTAINERS; i++) {
    path = CONTAINER[i]
    if (!(path in value)) continue
    inner = unquoted(value[path])
    if (inner !~ /^ *[{]/) continue
    delete value[path]
    scan(inner, path)
  }
  if (!odd && isForeign()) return
  line = odd ? "" : stripped()
  if (line == "" || !isSound(line)) line = "{\"EventId\":" (isSound(id) && id != "" ? id : "\"\"") ",\"CloudTrailEvent\":" quoted_text(text) "}"
  if (line ~ /[\200-\377]/) line = valid(line)
  print place(text) "\t" (odd || !has["/userIdentity"] ? "?" : "known") "\t" restored(line)
}

function members(text) {
  split("", value)
  split("", times)
  split("", has)
  odd = 0
  scan(text, "")
}

# scan(text, base): leaves the wanted values of an object in value, strings as they are written,
# but with \001 for \\ and \002 for \". base is the path of the object.
function scan(text, base,   q, n, i, s, c, j, level, path, at, kind) {
  if (index(text, "\\")) {
    gsub(/\\\\/, "\001", text)
    gsub(/\\"/, "\002", text)
  }
  n = split(text, q, "\"")
  level = 0
  at[0] = path = base
  kind[0] = ""
  for (i = 1; i <= n; i += 2) {
    s = q[i]
    if (s != ":" && s != ",") {
      if (path == "/requestParameters/durationSeconds" && s ~ /^ *: *[0-9]+ *[,}]/) {
        c = s
        gsub(/[^0-9]/, "", c)
        value[path] = c
      }
      gsub(/[^][{}]/, "", s)
      for (j = 1; j <= length(s); j++) {
        c = substr(s, j, 1)
        if (c == "{" || c == "[") {
          at[level + 1] = level == 0 ? base : kind[level] == "[" ? "-" : path
          kind[++level] = c
        } else if (--level <= 0) return
      }
    }
    if (i == n || !(at[level] in OPEN)) continue
    s = q[i + 1]
    c = substr(q[i + 2], 1, 1)
    if (c == ":" || c == " " && q[i + 2] ~ /^ +:/) {
      if (index(s, "\\")) odd = 1
      path = at[level] "/" s
      has[at[level]]++
      if (path in WANTED && ++times[path] > 1) odd = 1
    } else if (kind[level] == "{" && path in WANTED) value[path] = "\"" s "\""
  }
  odd = 1
}

# isForeign: whether it is another call, or one of somebody who cannot be the vendor role. A name
# with an escape in it can be any.
function isForeign() {
  if (index(value["/eventName"] value["/eventSource"], "\\")) return 0
  if (value["/eventName"] != "" && value["/eventName"] != "\"AssumeRole\"") return 1
  if (value["/eventSource"] != "" && value["/eventSource"] != "\"sts.amazonaws.com\"") return 1
  return has["/userIdentity"] > 0 && value["/userIdentity/arn"] value["/userIdentity/principalId"] value["/userIdentity/sessionContext"] value["/userIdentity/sessionContext/sessionIssuer"] value["/userIdentity/sessionContext/sessionIssuer/arn"] == ""
}

function stripped(   line) {
  line = one("", "eventID") one("", "eventName") one("", "eventSource") one("", "eventTime") one("", "sharedEventID") one("", "errorCode")
  if (value["/requestParameters/roleArn"] == "") line = line one("", "errorMessage")
  line = line object("/userIdentity", "userIdentity", one("/userIdentity", "arn") one("/userIdentity", "principalId") object("/userIdentity/sessionContext", "sessionContext", object("/userIdentity/sessionContext/sessionIssuer", "sessionIssuer", one("/userIdentity/sessionContext/sessionIssuer", "arn"))))
  line = line object("/requestParameters", "requestParameters", one("/requestParameters", "roleArn") one("/requestParameters", "roleSessionName") one("/requestParameters", "durationSeconds") one("/requestParameters", "policy"))
  line = line object("/responseElements", "responseElements", object("/responseElements/credentials", "credentials", one("/responseElements/credentials", "accessKeyId")))
  return "{" substr(line, 2) "}"
}

# one(path, name): a member with its value, if it has one.
function one(path, name) {
  return (path "/" name) in value && value[path "/" name] != "" ? ",\"" name "\":" value[path "/" name] : ""
}

# object(path, name, inside): a member that is an object, or what is there in its place.
function object(path, name, inside) {
  if (path in value && value[path] != "") return ",\"" name "\":" value[path]
  return has[path] > 0 || inside != "" ? ",\"" name "\":{" substr(inside, 2) "}" : ""
}

# isSound(line): whether its strings are JSON, so that one bad event does not spoil a request.
function isSound(line) {
  if (!index(line, "\\")) return 1
  gsub(/\\u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]/, "", line)
  gsub(/\\[\/bfnrt]/, "", line)
  return !index(line, "\\")
}

# place(text): the first three columns.
function place(text,   at, id, began, name, part) {
  at = -1
  if (!odd) text = "eventTime\":" value["/eventTime"]
  if (match(text, /eventTime\\*" *: *\\*"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]/)) {
    at = seconds(substr(text, RSTART + RLENGTH - 19, 19))
    part = thousandths(substr(text, RSTART + RLENGTH, 4))
  }
  if (at < 0) return "1000000000000\t0\t0"
  began = -1
  name = value["/requestParameters/roleSessionName"]
  id = substr(name, length(name) - 26, 26)
  # An unreadable event has no vend. A call minutes away from its ID has none, either.
  if (!odd && (value["/errorCode"] != "" || value["/responseElements/credentials/accessKeyId"] != "") && name ~ /[@"]..........................["]$/ && id ~ /^[0-7][0-9A-HJKMNP-TV-Z]+$/)
    began = milliseconds(id)
  if (began < 0 || began > at * 1000 + 300000 || began < at * 1000 - 300000)
    return sprintf("%.0f\t%.0f\t%.0f", 1000000000000 + at, at * 1000 + part, at * 1000 + part)
  # The clocks of the function and of STS may differ by a second.
  return sprintf("%.0f\t%.0f\t%.0f", 1000000000000 + at, (began < at * 1000 ? began : at * 1000) - 1000, (began > at * 1000 + 999 ? began : at * 1000 + 999) + 1000)
}

# thousandths(text): of .5 or .123, as CloudTrail Lake has them behind the seconds; 0 without.
function thousandths(text) {
  return match(text, /^[.][0-9]+/) ? int(("0" substr(text, 1, RLENGTH)) * 1000 + 0.5) : 0
}

# milliseconds(id): the time in a ULID.
function milliseconds(id,   i, n) {
  n = 0
  for (i = 1; i <= 10; i++) n = n * 32 + index("0123456789ABCDEFGHJKMNPQRSTVWXYZ", substr(id, i, 1)) - 1
  return n
}

# seconds(text): since 1970; -1 if it is no time, which is then judged with the first part.
function seconds(text,   y, m, d) {
  if (text !~ /^....-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]).([01][0-9]|2[0-3]):[0-5].:[0-5]/) return -1
  y = substr(text, 1, 4) + 0
  m = substr(text, 6, 2) + 0
  d = substr(text, 9, 2) + 0
  if (m <= 2) { y--; m += 12 }
  d += 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) - 719469
  return d * 86400 + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)
}

# unquoted(raw): the text of a JSON string that holds JSON. A letter beyond ASCII stays escaped: in
# that JSON it can only be in a string.
function unquoted(raw,   code, high) {
  raw = substr(raw, 2, length(raw) - 2)
  gsub(/\\[nrtbf]/, " ", raw)
  gsub(/\\\//, "/", raw)
  while (match(raw, /\\u00[0-7][0-9a-fA-F]/)) {
    high = substr(raw, RSTART + 4, 1) * 16
    code = high + index("0123456789abcdef", tolower(substr(raw, RSTART + 5, 1))) - 1
    raw = substr(raw, 1, RSTART - 1) (code == 92 ? "\001" : code < 32 || code == 127 ? " " : sprintf("%c", code)) substr(raw, RSTART + 6)
  }
  gsub(/\002/, "\"", raw)
  return exchanged(raw, "\001", "\\")
}

function quoted_text(text) {
  gsub(/\\/, "\001", text)
  gsub(/"/, "\002", text)
  return "\"" text "\""
}

function restored(text) {
  return exchanged(exchanged(text, "\001", "\\\\"), "\002", "\\\"")
}

# In the replacement of gsub, awks read backslashes differently.
function exchanged(text, mark, as,   n, i, p, out) {
  if (!index(text, mark)) return text
  n = split(text, p, mark)
  out = p[1]
  for (i = 2; i <= n; i++) out = out as p[i]
  return out
}
