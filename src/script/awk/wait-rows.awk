# Prints each role of a client, as "state TAB since TAB role": verified; pending, if the schedule
# probes it; or why nothing more happens by itself: ready, drifted, ended, suspended, or closed by the
# client itself.
/^\/client\/suspended=b:true$/ { suspended = 1 }
/^\/client\/suspendedByClient=b:true$/ { closed = 1 }
/^\/client\/roles\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  split(path, part, "/")
  i = part[4]
  if (i + 1 > count) count = i + 1
  got[i, part[5]] = substr($0, length(path) + 4)
}
END { for (i = 0; i < count; i++) print state(i) "\t" got[i, "awaitedSince"] "\t" got[i, "roleArn"] }
function state(i) {
  if (got[i, "verified"] == "true") return "verified"
  if (suspended) return "suspended"
  if (closed) return "closed"
  if (got[i, "drift"] != "") return "drifted"
  if (got[i, "readyBy"] != "") return "ready"
  return got[i, "awaitedSince"] == "" ? "ended" : "pending"
}
