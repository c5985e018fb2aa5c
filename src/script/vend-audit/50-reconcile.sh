# ---------------------------------------------------------------- reconcile

# @awk event-reader

# @awk part-maker

# @awk part-writer

audit_reconcile() {
  v_first=${v_first:--}
  [ "$v_first" = - ] || { [ -f "$v_first" ] && [ -r "$v_first" ]; } || usage_error "can't read the file"
  if [ "$v_first" = - ]; then cat; else cat -- "$v_first"; fi | tr '\000-\010\013\014\016-\037' '?' |
    into "$v_folder/unsorted" awk "$EVENT_READER" || exit 1
  ! grep -q '^bad$' "$v_folder/unsorted" || die 'the input is incomplete or not JSON, or is neither lookup-events output, log files, nor a sequence of events'
  into "$v_folder/events" sort -u "$v_folder/unsorted"
  reconcile_period
  into "$v_folder/parts" awk -v since="$v_from" -v until="$v_to" "$PART_MAKER" "$v_folder/events"
  v_events=0 v_records=0 v_matched=0 v_late=''
  v_parts=$(awk 'END { print NR }' "$v_folder/parts")
  v_part_n=0
  into "$v_folder/found" :
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
    say 'CloudTrail may not have all events of the end of the period yet: try again in 15 minutes'
  [ "$v_findings" = 0 ] || exit 3
}

# summary: prints what was compared and found.
summary() {
  counted "$v_events" event
  v_summary=$v_counted
  counted "$v_records" record
  v_summary="$v_summary, $v_counted, $v_matched matched"
  counted "$v_findings" finding
  say "$v_since to $v_until: $v_summary, $v_counted"
}

# reconcile_period: the given period, or from the first event to the last.
reconcile_period() {
  [ -n "$v_since" ] && [ -n "$v_until" ] || grep -q -v '^000000000000' "$v_folder/events" ||
    die 'the input has no AssumeRole event with a time; for a period without events give --during, or --since and --until'
  if [ -z "$v_since" ]; then
    v_from=$(awk -F '\t' '{ sub(/^0+/, "") } $1 != "" { print $1; exit }' "$v_folder/events")
    iso "$v_from"
    v_since=$v_moment
  fi
  if [ -z "$v_until" ]; then
    iso "$(($(tail -n 1 "$v_folder/events" | awk -F '\t' '{ sub(/^0+/, ""); print $1 }') + 1))"
    v_until=$v_moment
  fi
  epoch "$v_since"
  v_from=$v_seconds
  epoch "$v_until"
  v_to=$v_seconds
  [ "$v_from" -lt "$v_to" ] || usage_error '--since must be before --until'
}

# reconcile_part FROM TO: in halves if the service finds it too full.
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
    case $(($2 - $1)):$v_value in
    1:*) v_value= ;;
    *:period_too_full | *:too_large) ;;
    *) v_value= ;;
    esac
    [ -n "$v_value" ] || {
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
  field json && [ "$v_value" = ok ] || die 'the answer is incomplete or invalid'
  count_part events && v_events=$((v_events + v_value))
  count_part records && v_records=$((v_records + v_value))
  count_part matched && v_matched=$((v_matched + v_value))
  field /complete && [ "$v_value" = true ] || v_late=yes
  printf '%s' "$v_flat" | onto "$v_folder/found" awk -v LIST=findings \
    -v COLUMNS="kind vendId eventId eventTime roleArn sessionName accessKeyId detail" "$LIST_READER" || exit 1
}

count_part() {
  field "/$1" && is_number "$v_value" || die "the answer does not count its $1"
}

show_findings() {
  if [ "$v_format" = json ]; then
    awk -F '\t' -v since="$v_since" -v until="$v_until" -v events="$v_events" -v records="$v_records" \
      -v matched="$v_matched" "$FINDING_JSON" "$v_folder/findings"
  else
    awk -F '\t' "$FINDING_TEXT" "$v_folder/findings"
  fi
}

# @awk finding-text

# @awk finding-json
