/^\/grants\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) got[i, part[4]] = substr($0, length(path) + 4)
  if (parts == 5 && part[4] == "policyArns") managed[i] = 1
  if (parts == 5 && part[4] == "reasons") why[i] = why[i] (why[i] == "" ? "" : ", ") substr($0, length(path) + 4)
}
END {
  for (i = 0; i < count; i++)
    print got[i, "caller"] "\t" got[i, "roleArn"] "\t" pin(i) "\t" got[i, "maxDurationSeconds"] "\t" policy(i) "\t" now(i) "\t" used(i) "\t" value(got[i, "expiresAt"], "never") "\t" got[i, "version"]
}
# A row that cannot be read has no pin.
function pin(i) { return got[i, "unpinned"] == "true" ? "UNPINNED" : value(got[i, "callerId"], "-") }
function policy(i) {
  if (got[i, "policy"] == "") return managed[i] ? "managed" : "none"
  return managed[i] ? "inline+managed" : "inline"
}
