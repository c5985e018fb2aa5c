# Prints each grant of /access/list on a line: caller, role, version, and its last use: a time,
# "never", or nothing if nobody knows; and "after " if it is only known that it was not used later. A
# grant that can't be read is "bad".
/^\/grants\/[0-9]+\/[A-Za-z]+=/ {
  path = $0
  sub(/=.*/, "", path)
  split(path, part, "/")
  i = part[3]
  if (i + 1 > count) count = i + 1
  got[i, part[4]] = substr($0, length(path) + 4)
}
END {
  for (i = 0; i < count; i++) {
    if (got[i, "fault"] != "" || got[i, "version"] == "") {
      print "bad"
      continue
    }
    row = got[i, "caller"] "\t" got[i, "roleArn"] "\t" got[i, "version"] "\t"
    if (got[i, "neverUsed"] == "true") print row "never\t"
    else if (got[i, "lastUse"] != "") print row got[i, "lastUse"] "\t"
    else print row got[i, "notUsedSince"] "\t" (got[i, "notUsedSince"] == "" ? "" : "before ")
  }
}
