# ---------------------------------------------------------------- query

# period: the given period as members of the request.
period() {
  printf '%s' "${v_since:+\"since\":\"$v_since\",}${v_until:+\"until\":\"$v_until\",}"
}

audit_query() {
  print_pages /audit/query "$v_members$(period)" 1000 records
  [ "$v_printed" -gt 0 ] || say 'no records match'
}

# ---------------------------------------------------------------- report

audit_report() {
  [ "$v_format" != table ] || v_format=html
  if [ "$v_format" = html ] && [ -t 1 ]; then
    usage_error 'the report is a document: vend audit report > report.html'
  fi
  make_report "$(period)"
  cat "$v_folder/body" || no_output
}

# make_report PERIOD: leaves the report in $v_folder/body. Until it is complete, each answer has a cursor, of up
# to 5 MB, which the next call sends back. A call that fails is sent again with the same cursor.
make_report() {
  v_report_body="{$1\"format\":\"$v_format\"}"
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
      printf '{%s"format":"%s","cursor":"' "$1" "$v_format"
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
