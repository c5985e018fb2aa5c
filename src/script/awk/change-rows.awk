# Prints a row for each change that /audit/query answers: when, what, whose, who made it, and its ID.
/^\/records\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) got[i, part[4]] = substr($0, length(path) + 4)
}
END {
  for (i = 0; i < count; i++)
    print substr(got[i, "at"], 1, 10) " " substr(got[i, "at"], 12, 8) "\t" got[i, "action"] "\t" value(got[i, "target"]) "\t" value(got[i, "roleArn"]) "\t" value(got[i, "caller"]) "\t" value(got[i, "vendId"])
}
function value(text) { return text == "" ? "-" : text }
