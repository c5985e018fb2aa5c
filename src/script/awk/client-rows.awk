/^\/clients\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) got[i, part[4]] = substr($0, length(path) + 4)
  if (parts == 6) { got[i, part[5], part[6]] = substr($0, length(path) + 4); roles[i] = part[5] + 1 }
}
END {
  for (i = 0; i < count; i++) {
    client = got[i, "account"] "\t" got[i, "name"] "\t" condition(i) "\t" got[i, "version"]
    if (!roles[i]) print client "\t\t"
    for (j = 0; j < roles[i]; j++) print client "\t" got[i, j, "roleArn"] "\t" state(i, j)
  }
}
function state(i, j) {
  if (got[i, j, "verified"] == "true") return "verified"
  if (got[i, j, "drift"] != "") return "drifted"
  return got[i, j, "readyBy"] != "" ? "ready" : "not verified"
}
function condition(i) {
  return (got[i, "suspended"] == "true" ? "suspended" : got[i, "suspendedByClient"] == "true" ? "suspended by client" : "active") (got[i, "rotation"] == "" ? "" : ", rotation " got[i, "rotation"])
}
