/^\/grants\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) got[i, part[4]] = substr($0, length(path) + 4)
  if (parts == 5 && part[4] == "policyArns") managed[i] = 1
}
END {
  for (i = 0; i < count; i++)
    print got[i, "caller"] "\t" got[i, "roleArn"] "\t" value(got[i, "callerId"], "UNPINNED") "\t" got[i, "maxDurationSeconds"] "\t" policy(i) "\t" state(i) "\t" value(got[i, "expiresAt"], "never") "\t" got[i, "version"]
}
# The role of a dangling grant is no longer a role of its client.
function state(i) {
  return (got[i, "disabled"] == "true" ? "disabled" : "enabled") (got[i, "dangling"] == "true" ? ", dangling" : "")
}
function value(text, otherwise) { return text == "" ? otherwise : text }
function policy(i) {
  if (got[i, "policy"] == "") return managed[i] ? "managed" : "none"
  return managed[i] ? "inline+managed" : "inline"
}
