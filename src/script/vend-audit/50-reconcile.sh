# ---------------------------------------------------------------- reconcile

# @awk part-maker

# @awk part-writer

audit_reconcile() {
  v_first=${v_first:--}
  [ "$v_first" = - ] || { [ -e "$v_first" ] && [ -r "$v_first" ]; } || usage_error "can't read the file or folder"
  v_since_minute=$(printf '%.16s' "$v_since" | tr -dc 0-9)
  v_vendor_known='' v_unpacker='' v_ms=''
  # Before hundreds of files are read, whether the service answers.
  [ ! -d "$v_first" ] || find_vendor_role
  read_events
  reconcile_period
  into "$v_folder/parts" awk -v since="${v_from}000" -v until="${v_to}000" -v FOLDER="$v_folder" \
    "$PART_MAKER" "$v_folder/events" "$v_folder/events"
  v_events=0 v_records=0 v_matched=0 v_late='' v_failures=0 v_judged=''
  v_parts=$(awk 'END { print NR }' "$v_folder/parts")
  v_part_n=0
  into "$v_folder/found" :
  into "$v_folder/unjudged" :
  while read -r v_part_from v_part_to <&3; do
    v_part_n=$((v_part_n + 1))
    [ "$v_parts" -le 1 ] || [ ! -t 2 ] || printf '\rvend: part %s of %s' "$v_part_n" "$v_parts" >&2
    into "$v_folder/part" read_part "$v_part_n"
    reconcile_part "$v_part_from" "$v_part_to"
  done 3<"$v_folder/parts"
  [ "$v_parts" -le 1 ] || [ ! -t 2 ] || printf '\n' >&2
  [ -n "$v_judged" ] || {
    say_unjudged
    die 'nothing was judged'
  }
  # shellcheck disable=SC2016
  into "$v_folder/findings" awk '!seen[$0]++' "$v_folder/found"
  v_findings=$(awk 'END { print NR }' "$v_folder/findings")
  show_findings | cat || no_output
  summary
  [ "$v_findings" = 0 ] || exit 3
  [ ! -s "$v_folder/unjudged" ] && [ "$v_unread" = 0 ] || exit 4
}

# summary: prints what was compared and found, and what was not.
summary() {
  counted "$v_events" event
  v_summary=$v_counted
  counted "$v_records" record
  v_summary="$v_summary, $v_counted, $v_matched matched"
  counted "$v_findings" finding
  say "$v_since to $v_until: $v_summary, $v_counted"
  [ ! -d "$v_first" ] || {
    counted "$v_files" 'log file'
    say "$v_counted read; $v_skipped skipped: digests, Insights, delivered before the period, or no events"
  }
  [ -z "$v_late" ] ||
    say 'CloudTrail may not have all events of the end of the period yet: try again in 15 minutes'
  say_unread
  [ "$v_unread" = 0 ] || say '  so a record_without_event can be a record whose event is there'
  say_unjudged
}

say_unjudged() {
  while IFS=$TAB read -r v_part_since v_part_until v_line; do
    say "not judged: $v_part_since to $v_part_until: $v_line"
  done <"$v_folder/unjudged"
}

# find_vendor_role: the name and the ID of the vendor role, by which its events are known. The
# service says them with each answer.
find_vendor_role() {
  [ -z "$v_vendor_known" ] || return 0
  call /audit/reconcile '{"since":"1970-01-01T00:00:00Z","until":"1970-01-01T00:00:01Z","events":[]}'
  v_vendor_known=yes
  text /vendorRole/roleArn || die 'the service is older than this vend and judges parts of a period in another way: update it, or take vend from its release'
  v_vendor_name=${v_value##*/}
  text /vendorRole/uniqueId || :
  v_vendor_id=$v_value
  # In JSON, another character can be written in several ways.
  case $v_vendor_name$v_vendor_id in *[!A-Za-z0-9_.-]*) v_vendor_name='' v_vendor_id='' ;; esac
}

# reconcile_period: the given period, or from the first event to the last.
reconcile_period() {
  # shellcheck disable=SC2016
  v_ends=$(awk -F "$TAB" '
    $3 > 0 && (first == "" || $2 + 0 < first) { first = $2 + 0 }
    $1 > last { last = $1 }
    END { if (first != "") printf "%.0f %.0f", int(first / 1000), last - 1000000000000 + 1 }' "$v_folder/events")
  [ -n "$v_since" ] && [ -n "$v_until" ] || [ -n "$v_ends" ] ||
    die 'the input has no AssumeRole event of the vendor role with a time; for a period without events give --since and --until'
  if [ -z "$v_since" ]; then
    iso "${v_ends% *}"
    v_since=$v_moment
  fi
  if [ -z "$v_until" ]; then
    iso "${v_ends#* }"
    v_until=$v_moment
  fi
  epoch "$v_since"
  v_from=$v_seconds
  epoch "$v_until"
  v_to=$v_seconds
  [ "$v_from" -lt "$v_to" ] || usage_error '--since must be before --until'
}

# read_part N: the events that can belong to the part; it can have none.
read_part() {
  [ ! -e "$v_folder/part.$1" ] || cat "$v_folder/part.$1"
  rm -f -- "$v_folder/part.$1"
}

# iso_ms MILLISECONDS: as iso.
iso_ms() {
  iso "$(($1 / 1000))"
  v_ms=$(($1 % 1000))
  [ "$v_ms" = 0 ] || v_moment=${v_moment%Z}$(printf '.%03dZ' "$v_ms")
}

# reconcile_part FROM TO, in milliseconds: in halves if it is too full for a request.
reconcile_part() {
  iso_ms "$1"
  v_part_since=$v_moment
  iso_ms "$2"
  v_part_until=$v_moment
  if [ "$v_failures" -ge 3 ]; then
    not_judged 'not asked for, after three failures in a row'
    return
  fi
  v_part_first=
  [ "$1" != "${v_from}000" ] || v_part_first=1
  rm -f -- "$v_folder/full" "$v_folder/answer"
  into "$v_folder/request" awk -v start="$1" -v end="$2" -v since="$v_part_since" -v until="$v_part_until" \
    -v first="$v_part_first" -v FULL="$v_folder/full" "$PART_WRITER" "$v_folder/part"
  [ -e "$v_folder/full" ] || mortal ask_part
  if [ -e "$v_folder/full" ]; then
    if [ "$(($2 - $1))" -gt 1 ]; then
      set -- "$1" "$((($1 + $2) / 2))" "$2"
      reconcile_part "$1" "$2"
      reconcile_part "$2" "$3"
    else
      not_judged 'this millisecond has more events or records than one request can judge'
    fi
  elif [ -e "$v_folder/answer" ]; then
    v_failures=0 v_judged=yes
    while read -r v_name v_value; do
      case $v_name in
      events) v_events=$((v_events + v_value)) ;;
      records) v_records=$((v_records + v_value)) ;;
      matched) v_matched=$((v_matched + v_value)) ;;
      late) v_late=yes ;;
      esac
    done <"$v_folder/answer"
  else
    v_failures=$((v_failures + 1))
    not_judged "$(grep -v '^vend:  ' "$v_folder/why" | tail -n 1 | cut -c 7-300)"
  fi
}

not_judged() {
  onto "$v_folder/unjudged" printf '%s\t%s\t%s\n' "$v_part_since" "$v_part_until" "${1:-the request failed}"
}

# ask_part: sends the request. In a subshell of its own, since whatever fails ends the shell that it
# fails in, and the findings of other parts must be shown. Leaves the file full if the part has to
# be split, or the file answer if it was judged.
ask_part() (
  exec 8>&-
  watched ask_in_subshell 2>"$v_folder/why"
  v_ask_status=$?
  cat "$v_folder/why" >&2
  return "$v_ask_status"
)

ask_in_subshell() {
  # The folder is the other shell's.
  v_clean_up=:
  v_alive=
  trap - EXIT HUP INT TERM
  v_expected='400 413'
  download /audit/reconcile "@$v_folder/request"
  v_expected=
  if [ "$v_status" != 200 ]; then
    text /code || :
    case $v_value in
    period_too_full | too_large) into "$v_folder/full" : ;;
    *)
      problem
      exit 1
      ;;
    esac
    return
  fi
  into "$v_folder/page" read_json <"$v_folder/body"
  v_flat=$NL$(awk '$0 == "rest" { exit } { print }' "$v_folder/page")$NL
  named_values
  field json && [ "$v_value" = ok ] || die 'the answer is incomplete or invalid'
  into "$v_folder/counts" count_part || exit 1
  onto "$v_folder/found" awk -v LIST=findings \
    -v COLUMNS="kind vendId eventId eventTime roleArn sessionName accessKeyId detail" "$LIST_READER" "$v_folder/page"
  mv -- "$v_folder/counts" "$v_folder/answer" || no_room
}

count_part() {
  for v_name in events records matched; do
    field "/$v_name" && is_number "$v_value" || die "the answer does not count its $v_name"
    printf '%s %s\n' "$v_name" "$v_value"
  done
  { field /complete && [ "$v_value" = true ]; } || printf 'late yes\n'
}

show_findings() {
  if [ "$v_format" = json ]; then
    awk -F '\t' -v since="$v_since" -v until="$v_until" -v events="$v_events" -v records="$v_records" \
      -v matched="$v_matched" -v unread="$v_unread" -v UNJUDGED="$v_folder/unjudged" "$FINDING_JSON" "$v_folder/findings"
  else
    awk -F '\t' "$FINDING_TEXT" "$v_folder/findings"
  fi
}

# @awk finding-text

# @awk finding-json
