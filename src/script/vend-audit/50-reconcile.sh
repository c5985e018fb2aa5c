# ---------------------------------------------------------------- reconcile

# CloudTrail's events, each on a line behind its time in seconds: of log files (Records), of
# lookup-events (Events), or one after the other. Cut at each {, so that no text is long;
# braces in strings are none. What has no time that can be found comes with the time 0.
# shellcheck disable=SC2016
EVENT_READER='
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
  # Many events in one object whose list does not come first: nobody can tell where they begin.
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
'

# Where to cut the period, so that each part is a request: 300 events, half a megabyte or a
# day at most, and never within a second.
# shellcheck disable=SC2016
PART_MAKER='
BEGIN { FS = "\t"; start = since }
{
  at = $1 + 0
  if (at < since || at >= until) next
  while (at >= start + 86400) part(start + 86400)
  if (at > last && (count >= 300 || size > 500000)) part(at)
  count++
  size += length($0)
  last = at
}
END {
  while (until > start + 86400) part(start + 86400)
  part(until)
}
function part(end) {
  if (end > start) printf "%d %d\n", start, end
  start = end
  count = size = 0
}
'

# The events of a part, and those of a minute around it, which only explain records at its
# edges. Those without a time go with the first part.
# shellcheck disable=SC2016
PART_WRITER='
BEGIN { FS = "\t"; ORS = ""; print "{\"since\":\"" since "\",\"until\":\"" until "\",\"events\":[" }
{
  at = $1 + 0
  if (at > 0 ? at < start - 60 : !first) next
  if (at >= end + 60) exit
  print comma substr($0, length($1) + 2)
  comma = ","
}
END { print "]}" }
'

audit_reconcile() {
  v_first=${v_first:--}
  [ "$v_first" = - ] || { [ -f "$v_first" ] && [ -r "$v_first" ]; } || usage_error "can't read the file"
  if [ "$v_first" = - ]; then cat; else cat -- "$v_first"; fi | tr '\000-\010\013\014\016-\037' '?' |
    into "$v_folder/unsorted" awk "$EVENT_READER" || exit 1
  ! grep -q '^bad$' "$v_folder/unsorted" || die 'the input is not whole, not JSON, or of another shape than lookup-events, log files and events one after the other'
  into "$v_folder/events" sort -u "$v_folder/unsorted"
  reconcile_period
  into "$v_folder/parts" awk -v since="$v_from" -v until="$v_to" "$PART_MAKER" "$v_folder/events"
  v_events=0 v_records=0 v_matched=0 v_late=''
  v_parts=$(awk 'END { print NR }' "$v_folder/parts")
  v_part_n=0
  : >"$v_folder/found"
  while read -r v_part_from v_part_to <&3; do
    v_part_n=$((v_part_n + 1))
    reconcile_part "$v_part_from" "$v_part_to"
    [ "$v_parts" -le 1 ] || [ ! -t 2 ] || printf '\rvend: part %s of %s' "$v_part_n" "$v_parts" >&2
  done 3<"$v_folder/parts"
  [ "$v_parts" -le 1 ] || [ ! -t 2 ] || printf '\n' >&2
  # shellcheck disable=SC2016
  into "$v_folder/findings" awk '!seen[$0]++' "$v_folder/found"
  v_findings=$(awk 'END { print NR }' "$v_folder/findings")
  show_findings | cat || no_output
  summary
  [ -z "$v_late" ] ||
    say 'the end of the period is so recent that CloudTrail may not have all of it: run it again in a quarter of an hour'
  [ "$v_findings" = 0 ] || exit 3
}

# summary: what was compared, and what was found.
summary() {
  counted "$v_events" event
  v_summary=$v_counted
  counted "$v_records" record
  v_summary="$v_summary, $v_counted, $v_matched matched"
  counted "$v_findings" finding
  say "$v_since to $v_until: $v_summary, $v_counted"
}

# reconcile_period: as given, or from the first event to the last.
reconcile_period() {
  [ -n "$v_since" ] && [ -n "$v_until" ] || grep -q -v '^000000000000' "$v_folder/events" ||
    die 'no AssumeRole event with a time is in the input; for a period that has none give --since and --until'
  if [ -z "$v_since" ]; then
    v_from=$(awk '$1 + 0 > 0 { print $1 + 0; exit }' "$v_folder/events")
    iso "$v_from"
    v_since=$v_moment
  fi
  if [ -z "$v_until" ]; then
    iso "$(($(tail -n 1 "$v_folder/events" | awk '{ print $1 + 0 }') + 1))"
    v_until=$v_moment
  fi
  epoch "$v_since"
  v_from=$v_seconds
  epoch "$v_until"
  v_to=$v_seconds
  [ "$v_from" -lt "$v_to" ] || usage_error '--since must be before --until'
}

# reconcile_part FROM TO: in halves, where the service finds it too full.
reconcile_part() {
  iso "$1"
  v_part_since=$v_moment
  iso "$2"
  v_part_first=
  [ "$1" != "$v_from" ] || v_part_first=1
  into "$v_folder/request" awk -v start="$1" -v end="$2" -v since="$v_part_since" -v until="$v_moment" \
    -v first="$v_part_first" "$PART_WRITER" "$v_folder/events"
  v_expected='400 413'
  download /audit/reconcile "@$v_folder/request"
  v_expected=
  if [ "$v_status" != 200 ]; then
    text /code || :
    case $v_value:$(($2 - $1)) in
    *:1) v_value=whole ;;
    period_too_full:* | too_large:*) ;;
    *) v_value=whole ;;
    esac
    [ "$v_value" != whole ] || {
      problem
      exit 1
    }
    set -- "$1" "$((($1 + $2) / 2))" "$2"
    reconcile_part "$1" "$2"
    reconcile_part "$2" "$3"
    return
  fi
  v_flat=$NL$(read_json <"$v_folder/body")$NL
  named_values
  field json && [ "$v_value" = ok ] || die 'the answer is not whole'
  count_part events && v_events=$((v_events + v_value))
  count_part records && v_records=$((v_records + v_value))
  count_part matched && v_matched=$((v_matched + v_value))
  field /complete && [ "$v_value" = true ] || v_late=yes
  printf '%s' "$v_flat" | onto "$v_folder/found" awk "$FINDING_READER" || exit 1
}

count_part() {
  field "/$1" && is_number "$v_value" || die "the answer does not count its $1"
}

# shellcheck disable=SC2016
FINDING_READER='
/^\/findings\/[0-9]+\// {
  split($0, part, "/")
  name = part[4]
  sub(/=.*/, "", name)
  sub(/^[^=]*=.:/, "")
  value[part[3], name] = $0
  if (part[3] + 1 > count) count = part[3] + 1
}
END {
  n = split("kind vendId eventId eventTime roleArn sessionName accessKeyId detail", names, " ")
  for (i = 0; i < count; i++) {
    row = ""
    for (j = 1; j <= n; j++) row = row (j > 1 ? "\t" : "") value[i, names[j]]
    print row
  }
}
'

show_findings() {
  if [ "$v_format" = json ]; then
    awk -F '\t' -v since="$v_since" -v until="$v_until" -v events="$v_events" -v records="$v_records" \
      -v matched="$v_matched" "$FINDING_JSON" "$v_folder/findings"
  else
    awk -F '\t' "$FINDING_TEXT" "$v_folder/findings"
  fi
}

# shellcheck disable=SC2016
FINDING_TEXT='
BEGIN { split("kind vendId eventId eventTime roleArn sessionName accessKeyId", names, " ") }
{
  print $1
  for (i = 2; i <= 7; i++) if ($i != "") printf "  %-12s %s\n", names[i], $i
  print "  " $8
}
'

# shellcheck disable=SC2016
FINDING_JSON='
BEGIN {
  n = split("kind vendId eventId eventTime roleArn sessionName accessKeyId detail", names, " ")
  printf "{\"since\":\"%s\",\"until\":\"%s\",\"events\":%d,\"records\":%d,\"matched\":%d,\"findings\":[", since, until, events, records, matched
}
{
  row = ""
  for (i = 1; i <= n; i++) {
    if ($i == "") continue
    word = $i
    gsub(/[\\"]/, "\\\\&", word)
    row = row (row == "" ? "" : ",") "\"" names[i] "\":\"" word "\""
  }
  printf "%s{%s}", (NR > 1 ? "," : ""), row
}
END { print "]}" }
'
