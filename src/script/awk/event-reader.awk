# Prints each AssumeRole event of CloudTrail on a line, after its time as 12 digits. Reads log
# files (Records), lookup-events (Events), and events one after the other. Splits the input at each
# {, so that no piece is long; a brace in a string does not count. An event without a readable time
# gets the time 0.
BEGIN { RS = "{" }
NR > 1 { brace() }
{ piece($0) }
END { if (depth > 0 || lists > 0 || quoted) print "bad" }

function brace() {
  if (quoted) { keep("{"); escaped = 0; return }
  depth++
  if (depth == 1) { wanted = 1; fresh = 1 }
  if (depth == wanted) { collecting = 1; event = "" }
  keep("{")
}

function keep(part) { if (collecting) event = event part }

function piece(rest,   c, found) {
  if (fresh && depth == 1) {
    fresh = 0
    if (rest ~ /^[ \t\r\n]*"(Records|Events|NextToken)"[ \t\r\n]*:/) { wanted = 2; collecting = 0 }
  }
  while (rest != "") {
    if (escaped) { keep(substr(rest, 1, 1)); rest = substr(rest, 2); escaped = 0; continue }
    found = quoted ? match(rest, /["\\]/) : match(rest, /[]["}]/)
    if (!found) { keep(rest); return }
    c = substr(rest, RSTART, 1)
    keep(substr(rest, 1, RSTART))
    rest = substr(rest, RSTART + 1)
    if (c == "\"") quoted = !quoted
    else if (c == "\\") escaped = 1
    else if (c == "[") lists++
    else if (c == "]") lists--
    else {
      if (collecting && depth == wanted) { collecting = 0; emit() }
      depth--
      if (depth < 0) depth = 0
    }
  }
}

function emit(   at) {
  if (event !~ /AssumeRole/) return
  # One object with many events whose list does not come first: their boundaries are unknown.
  if (depth == 1 && event ~ /"(Records|Events|QueryResultRows)" *:/) { print "bad"; return }
  gsub(/[\t\r\n]/, " ", event)
  at = 0
  if (match(event, /eventTime\\*" *: *\\*"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]/))
    at = seconds(substr(event, RSTART + RLENGTH - 19, 19))
  printf "%012d\t%s\n", at, event
}

function seconds(text,   y, m, d) {
  y = substr(text, 1, 4) + 0
  m = substr(text, 6, 2) + 0
  d = substr(text, 9, 2) + 0
  if (m <= 2) { y--; m += 12 }
  d += 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) - 719469
  return d * 86400 + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)
}
