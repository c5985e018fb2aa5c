# ---------------------------------------------------------------- query

# period: the given period as members of the request.
period() {
  printf '%s' "${v_since:+\"since\":\"$v_since\",}${v_until:+\"until\":\"$v_until\",}"
}

audit_query() {
  print_pages /audit/query "$v_members$(period)" 1000 records
  [ "$v_printed" -gt 0 ] && return 0
  if [ -n "$v_until" ]; then
    say 'no records match'
  else
    say 'no records match; a new one is shown 5 seconds after it was made'
  fi
}

# ---------------------------------------------------------------- report

audit_report() {
  [ "$v_format" != table ] || v_format=html
  if [ "$v_format" = html ] && [ -t 1 ]; then
    usage_error 'the report is a document: vend audit report > report.html'
  fi
  v_clean_up=keep_report v_clean_up_says=yes
  make_report "$(period)"
  v_clean_up=drop_folder v_clean_up_says=
  cat "$v_folder/body" || no_output
}

# read_rest FILE: the request with which a report goes on that ended early.
read_rest() {
  [ -f "$1" ] && [ -r "$1" ] || usage_error "can't read the file that --continue names"
  v_rest=$(head -c 300 <"$1" | tr -d '\000')
  v_report_period=${v_rest%%\"format\"*}
  v_report_period=${v_report_period#\{}
  v_format=${v_rest#*\"format\":\"}
  v_format=${v_format%%\"*}
  case $v_rest in
  "{$v_report_period\"format\":\"$v_format\",\"cursor\":\""[A-Za-z0-9_-]*) ;;
  *) v_format= ;;
  esac
  case $v_report_period$v_format in *[!A-Za-z0-9:.,\"-]*) v_format= ;; esac
  [ -n "$v_format" ] || usage_error 'the file that --continue names is not one that a report left when it ended early'
}

# keep_report: whatever ends the script, what was added up so far is kept, except where the service
# refused it. After a 403 or 429, other credentials or another time are enough.
keep_report() {
  case ${v_status-} in
  400 | 413) ;;
  *)
    if [ -s "$v_folder/request" ] && [ "$(tail -c 2 "$v_folder/request")" = '"}' ]; then
      v_rest=./vended-report.${v_folder##*.}.part
      (umask 077 && set -C && cat "$v_folder/request" >"$v_rest") 2>/dev/null &&
        say "what was added up so far is in $v_rest; go on with: vend audit report --continue $v_rest > report.$v_format"
    fi
    ;;
  esac
  drop_folder
}

# make_report PERIOD: leaves the report in $v_folder/body. Until it is complete, each answer has a cursor, of up
# to 5 MB, which the next call sends back. A call that fails is sent again with the same cursor.
make_report() {
  v_report_period=$1
  v_report_body="{$1\"format\":\"$v_format\"}"
  [ -z "$v_continued" ] || {
    read_rest "$v_continued"
    into "$v_folder/request" cat <"$v_continued"
    v_report_body=@$v_folder/request
  }
  while :; do
    download /audit/report "$v_report_body"
    [ "$v_status" = 202 ] || break
    tr '"' '\n' <"$v_folder/body" |
      awk 'at == 2 { print; exit } at { at++ } $0 == "cursor" { at = 1 }' | into "$v_folder/cursor" cat
    # One line, which is not empty.
    [ "$(tr -d 'A-Za-z0-9_-' <"$v_folder/cursor" | wc -c)" -eq 1 ] && [ "$(wc -c <"$v_folder/cursor")" -gt 1 ] ||
      die 'the cursor in the answer is invalid'
    v_report_part=$(head -c 4096 "$v_folder/body" | tr '"' '\n' | awk 'at { print; exit } $0 == "progress" { at = 1 }')
    v_report_part=${v_report_part#:}
    report_progress "${v_report_part%,}"
    {
      printf '{%s"format":"%s","cursor":"' "$v_report_period" "$v_format"
      tr -d '\n' <"$v_folder/cursor"
      printf '"}'
    } | into "$v_folder/request" cat
    v_report_body=@$v_folder/request
  done
  [ -z "${v_report_shown-}" ] || printf '\r            \r' >&2
}

# report_progress PART: on a terminal, from 0.0 to 1.0.
report_progress() {
  [ -t 2 ] || return 0
  case $1 in [01].[0-9]*) ;; *) return 0 ;; esac
  printf '\rvend: %s %%' "$(awk -v part="$1" 'BEGIN { printf "%d", 100 * part }' </dev/null)" >&2
  v_report_shown=yes
}
