# ---------------------------------------------------------------- commands

command_audit() {
  v_keep_caller=yes
  v_action=query
  case ${1-} in
  report | export | reconcile | compare)
    v_action=$1
    shift
    ;;
  esac
  audit_arguments "$@"
  make_folder
  case $v_action in
  query) audit_query ;;
  report) audit_report ;;
  export) audit_export ;;
  reconcile) audit_reconcile ;;
  compare) audit_compare ;;
  esac
}

audit_arguments() {
  v_selected='' v_members='' v_since='' v_until='' v_during='' v_all='' v_output='' v_first='' v_limit='' v_progress='' v_continued=''
  v_format=table
  each_argument audit_argument "$@"
  v_members=$(printf '%s' "$v_selected" | awk -F "$TAB" "$MEMBER_WRITER")
  [ "$v_format" != html ] || [ -z "$v_members" ] ||
    usage_error 'a report covers everything: --format html takes only a period'
  [ "$v_action" != query ] || [ "$v_format" != html ] || v_action=report
  settle_period
  [ -z "$v_continued" ] || {
    [ -z "$v_since$v_until" ] && [ "$v_format" = table ] ||
      usage_error 'a report goes on with its own period and format: leave out --since, --until, --during and --format'
    read_rest "$v_continued"
  }
}

# settle_period: the period of --during, or of --since and --until.
settle_period() {
  if [ -n "$v_during" ]; then
    [ -z "$v_since$v_until" ] || usage_error '--during is a whole period: leave out --since and --until'
    v_since=$v_during_since
    v_until=$v_during_until
  fi
  [ -z "$v_since" ] || [ "$v_since" != "$v_until" ] ||
    usage_error 'the period is empty, because its end is not part of it: for a whole day or month there is --during, as in --during yesterday'
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --caller | --role | --account | --client | --access-key | --id | --outcome | --reason | \
    --kind | --since | --until | --during | --limit | --output | --continue) ;;
  *) return 1 ;;
  esac
}

# A command rejects options that it would ignore.
audit_argument() {
  case $v_action:$v_argument in
  *:--url | *:--region | *:--as | *:--verbose) take_argument ;;
  *:-h | *:--help)
    print_help help_audit
    exit 0
    ;;
  query:--caller | export:--caller) audit_member caller "$v_given" ;;
  query:--role | export:--role)
    is_role_arn "$v_given" || usage_error "--role takes a role's ARN"
    audit_member roleArn "$v_given"
    ;;
  query:--client | export:--client) audit_member client "$v_given" ;;
  query:--account | export:--account) audit_words account is_account "--account takes a client's account, twelve digits" ;;
  query:--access-key)
    audit_words accessKeyId is_key_id '--access-key takes the ID of a key that was issued, ASIA...'
    ;;
  query:--id) audit_words vendId is_vend_id '--id takes a vendId' ;;
  query:--outcome) audit_words outcome is_word '--outcome takes words such as denied or denied,failed' ;;
  query:--reason) audit_words reason is_word '--reason takes words such as no_grant or no_grant,grant_expired' ;;
  query:--kind) audit_words kind is_word '--kind takes words such as probe or admin,probe' ;;
  query:--limit)
    is_number "$v_given" && [ "${#v_given}" -le 4 ] || usage_error '--limit takes a number from 1 to 1000'
    v_limit=$v_given
    ;;
  query:--all) v_all=yes ;;
  *:--since)
    past_moment
    v_since=$v_moment
    ;;
  compare:--until | compare:--during) usage_error 'vend audit compare takes only --since: it compares with the allow-list as it is now' ;;
  *:--until)
    past_moment
    v_until=$v_moment
    ;;
  *:--during)
    v_during=$v_given
    span "$v_given" || usage_error "$(during_rule)"
    iso "$v_span_to"
    v_during_until=$v_moment
    iso "$v_span_from"
    v_during_since=$v_moment
    ;;
  query:--format)
    case $v_given in
    table | json | jsonl | csv | html) v_format=$v_given ;;
    *) usage_error '--format is table, json, jsonl, csv or html' ;;
    esac
    ;;
  report:--format)
    case $v_given in html | json | csv) v_format=$v_given ;; *) usage_error '--format is html, json or csv' ;; esac
    ;;
  reconcile:--format)
    case $v_given in table | json) v_format=$v_given ;; *) usage_error '--format is table or json' ;; esac
    ;;
  export:--output) v_output=$v_given ;;
  report:--continue) v_continued=$v_given ;;
  query:-?*) usage_error "$(printf 'vend audit has no %.40s' "$v_argument")" ;;
  *:-?*) usage_error "$(printf 'vend audit %s has no %.40s' "$v_action" "$v_argument")" ;;
  reconcile:*)
    [ -z "$v_first" ] || usage_error 'one file at a time, or standard input'
    v_first=$v_argument
    ;;
  *) usage_error 'vend audit takes options, or report, export, reconcile or compare first' ;;
  esac
}

# @awk member-writer

# audit_member MEMBER VALUE: one more value that records may have. Names and ARNs can have commas, so
# they are not split.
audit_member() {
  v_selected="$v_selected$1$TAB$(quoted "$2")$NL"
}

# audit_words MEMBER CHECK MESSAGE: the words in $v_given, separated by commas.
audit_words() {
  v_words_rest=$v_given,
  while [ -n "$v_words_rest" ]; do
    v_word=${v_words_rest%%,*}
    v_words_rest=${v_words_rest#*,}
    "$2" "$v_word" || usage_error "$3"
    audit_member "$1" "$v_word"
  done
}

is_word() {
  case $1 in '' | -* | *[!A-Za-z0-9_-]*) return 1 ;; esac
}

during_rule() {
  printf '%s' '--during takes a whole day, month, year or hour in UTC: 2026-01-31, 2026-01, 2026, 2026-01-31T14, today, yesterday, this-month, last-month'
  case $v_given in *[0-9][mhd]) printf '; for the time up to now: --since %.8s' "$v_given" ;; esac
}
