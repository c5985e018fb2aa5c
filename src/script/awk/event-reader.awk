# Prints each AssumeRole event of CloudTrail that can be the vendor role's on a line, as strip()
# does (EVENT_STRIPPER). Reads log files (Records), lookup-events (Events), and events one after
# the other. Splits the input at each {, so that no piece is long; a brace in a string does not
# count.
# Input can be several files, each with \003 behind it, and a g after that if it is whole. For a
# file that is not JSON or not whole, STATUS gets a line "bad N", for one without events "other N", and
# for one without anything in it "empty N".
BEGIN { RS = "{"; file = 1; wants(); begin() }
{
  if (NR > 1) brace()
  rest = $0
  while (n = index(rest, "\003")) {
    take(substr(rest, 1, n - 1))
    finish(substr(rest, n + 1, 1) == "g")
    rest = substr(rest, n + 2)
  }
  take(rest)
}
END { if (some || wanted) finish(1) }

function begin() {
  depth = lists = quoted = wanted = fresh = collecting = bad = some = seen = 0
  event = ""
}

function finish(whole) {
  if (!whole || bad || depth != 0 || lists != 0 || quoted) print "bad " file > STATUS
  else if (!some) print "empty " file > STATUS
  else if (!seen) print "other " file > STATUS
  file++
  begin()
}

function brace() {
  if (quoted) { keep("{"); return }
  depth++
  if (depth == 1) wanted = fresh = 1
  if (depth == wanted) { collecting = 1; event = ""; size = 0 }
  keep("{")
}

# The largest events have 256 KB (CloudTrail User Guide, "Quotas").
function keep(part) {
  if (!collecting) return
  size += length(part)
  if (size > 1048576) { collecting = 0; bad = 1 }
  else event = event part
}

function take(part,   t, n) {
  if (part == "") return
  if (!some && part ~ /[^ \t\r\n]/) some = 1
  if (fresh) {
    fresh = 0
    if (part ~ /^[ \t\r\n]*"(Records|Events|NextToken)"[ \t\r\n]*:/) { wanted = 2; collecting = 0; seen = 1 }
  }
  keep(part)
  # What is left of the piece without its strings.
  t = part
  if (index(t, "\\")) gsub(/\\./, "", t)
  if (quoted) t = "\"" t
  gsub(/"[^"]*"/, "", t)
  n = index(t, "\"")
  quoted = n > 0
  if (quoted) t = substr(t, 1, n - 1)
  lists += gsub(/\[/, "", t) - gsub(/\]/, "", t)
  depth -= gsub(/[}]/, "", t)
  if (depth < 0) { depth = 0; bad = 1 }
  if (collecting && depth < wanted) { collecting = 0; emit() }
}

function emit() {
  if (wanted == 2 || event ~ /"(eventName|CloudTrailEvent|Records|Events|QueryResultRows)"/) seen = 1
  # A letter that is written as an escape can be any.
  if (index(event, "AssumeRole") == 0 && !(index(event, "\\u00") && event ~ /\\u00[4-7]/)) return
  # One object with many events whose list does not come first: their boundaries are unknown.
  if (wanted == 1 && event ~ /"(Records|Events|QueryResultRows)"[ \t\r\n]*:/) { bad = 1; return }
  if (isOther()) return
  gsub(/[\t\r\n]/, " ", event)
  strip(event)
}

# isOther: whether it is certainly another call, which only has the word somewhere. In a string, the
# quotes are escaped; a letter that is written as an escape can be any.
function isOther() {
  return !index(event, "\"eventName\":\"AssumeRole\"") && !index(event, "CloudTrailEvent\"") && event ~ /"eventName"[ \t\r\n]*:[ \t\r\n]*"/ && event !~ /"eventName"[ \t\r\n]*:[ \t\r\n]*"(AssumeRole"|[^"]*\\)/ && event !~ /\\u00[4-7]/
}
