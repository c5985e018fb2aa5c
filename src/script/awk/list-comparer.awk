# Compares the allow-list with what the audit says that became of each row, and prints a line for each
# difference: order, kind, what differs, caller or account, role, time, who, vendId, a command, the row
# in the audit. Reads the file CHANGES, newest first, then CLIENTS and GRANTS.
BEGIN { FS = "\t" }
FILENAME == CHANGES {
  line[++lines] = $0
  if ($2 == "admin-outcome") ended[$8] = 1
  next
}
FILENAME == CLIENTS {
  client[$1] = $4
  state[$1] = $3
  if ($6 == "verified") verified[$1] = verified[$1] " " $5
  next
}
{ grant[$1, $2] = $3; enabled[$1, $2] = $4 != "true" }
END {
  for (i = 1; i <= lines; i++) {
    split(line[i], is)
    if (is[2] == "admin" ? is[8] in ended : is[3] == "denied") continue
    key = is[5] == "vending" || is[4] !~ /^grants\// ? is[5] : is[5] "\t" is[6]
    if (is[4] == "mine/suspend") key = "own\t" is[5]
    if (is[5] == "" || key in seen) continue
    seen[key] = 1
    unsure = is[3] == "made" ? "" : ", if that change was made"
    if (is[5] == "vending") vending()
    else if (is[4] == "mine/suspend") compare_own(is[5])
    else if (is[4] ~ /^grants\//) compare_grant(is[5], is[6])
    else compare_client(is[5])
  }
}

function vending() {
  if (is[10] ~ /"stopped":true/ && VENDING == "running")
    found(1, "vending_running", "all vending was stopped, and runs", "", "", "vend stop")
}

function compare_grant(caller, role) {
  if (is[10] == "") {
    if ((caller, role) in grant)
      found(2, "grant_back", "was removed, and is there again", caller, role, "vend grant remove " caller " " role)
  }
  else if (!((caller, role) in grant)) {
    if (!expired(is[10])) found(8, "grant_missing", "was put, and is missing", caller, role, "vend grant put " caller " " role)
  }
  else if (grant[caller, role] != version(is[10])) {
    if (is[10] ~ /"disabled":true/ && enabled[caller, role])
      found(3, "grant_enabled", "was disabled, and is enabled again", caller, role, "vend grant put " caller " " role " --disabled")
    else
      found(7, "grant_changed", versions(grant[caller, role]), caller, role, "vend grant put " caller " " role " --disabled")
  }
}

# Only the client can suspend itself again: until it has, the vendor keeps it closed.
function compare_own(account) {
  if (is[10] ~ /"suspended":true/ && state[account] ~ /^active/)
    found(4, "client_open", "suspended itself, and is open again", account, "", "vend client suspend " account)
}

function compare_client(account,   roles, n, j, told) {
  if (!(account in client)) {
    found(10, "client_missing", "was put, and is missing", account, "", "vend client put " account)
    return
  }
  if (client[account] == version(is[10])) return
  if (is[10] ~ /"suspended":true/ && state[account] ~ /^(active|suspended by client)/) {
    found(4, "client_active", "was suspended, and is active again", account, "", "vend client suspend " account)
    told = 1
  }
  n = split(verified[account], roles, " ")
  for (j = 1; j <= n; j++)
    if (!index(is[10], "\"" roles[j] "\":\"verified by ")) {
      if (index(is[10], "\"" roles[j] "\":"))
        found(5, "role_verified", "was no longer verified, and is verified again", account, roles[j], "vend client verify " roles[j])
      else
        found(6, "role_back", "was removed, and is there again", account, roles[j], "vend client put " account " --remove-role " roles[j])
      told = 1
    }
  if (!told) found(9, "client_changed", versions(client[account]), account, "", "vend client show " account)
}

function versions(now) { return "has version " now ", and had " version(is[10]) }

# The version is the last member: a quote in a description is escaped.
function version(row) { return match(row, /"version":[0-9]+[}]$/) ? substr(row, RSTART + 10, RLENGTH - 11) : "none" }

function expired(row) {
  return match(row, /"expiresAt":"[0-9TZ:-]+"/) && substr(row, RSTART + 13, RLENGTH - 14) <= NOW
}

# A command is pasted into a shell: with anything but these characters there is none.
function found(order, kind, what, target, role, command) {
  if (command ~ /[^A-Za-z0-9+=,.@_\/: -]/) command = ""
  print order "\t" kind "\t" what unsure "\t" target "\t" role "\t" is[1] "\t" is[7] "\t" is[8] "\t" command "\t" is[10]
}
