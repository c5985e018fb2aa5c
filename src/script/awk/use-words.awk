# What a grant of /access/list is worth now, and when it was last used, for the programs that collect
# its members in got and its reasons in why.
function now(i) { return got[i, "vendedNow"] == "true" ? "yes" : "no: " why[i] }
function used(i) {
  if (got[i, "neverUsed"] == "true") return "never"
  if (got[i, "notUsedSince"] != "") return "not since " minute(got[i, "notUsedSince"])
  return value(minute(got[i, "lastUse"]), "-")
}
function minute(time) { return substr(time, 1, 10) (time == "" ? "" : " ") substr(time, 12, 5) }
function value(text, otherwise) { return text == "" ? otherwise : text }
