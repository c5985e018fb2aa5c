# Prints a row for each grant of /access/list.
/^\/grants\/[0-9]+\// {
  path = $0
  sub(/=.*/, "", path)
  parts = split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  if (parts == 4) got[i, part[4]] = substr($0, length(path) + 4)
  if (parts == 5 && part[4] == "reasons") why[i] = why[i] (why[i] == "" ? "" : ", ") substr($0, length(path) + 4)
}
END {
  for (i = 0; i < count; i++)
    print got[i, "caller"] "\t" value(got[i, "clientName"], "-") "\t" got[i, "roleArn"] "\t" now(i) "\t" used(i) "\t" pin(i)
}
function pin(i) { return got[i, "unpinned"] == "true" ? "UNPINNED" : value(got[i, "callerId"], "-") }
