# ---------------------------------------------------------------- query

# period: the given period as members of the request.
period() {
  printf '%s' "${v_since:+\"since\":\"$v_since\",}${v_until:+\"until\":\"$v_until\",}"
}

audit_query() {
  # --all asks for the largest pages.
  [ -z "$v_all" ] || v_limit=1000
  v_printed=0
  v_cursor=
  while :; do
    download /audit/query "{$v_members$(period)\"limit\":${v_limit:-100},${v_cursor:+\"cursor\":\"$v_cursor\",}\"format\":\"$(page_format)\"}"
    print_page || no_output
    [ -n "$v_cursor" ] || break
    # A page may be empty and still not be the last: the service limits what one call reads.
    [ -n "$v_all" ] || [ "$v_printed" = 0 ] || break
    progress
  done
  end_progress
  [ "$v_format" != json ] || {
    [ "$v_printed" -gt 0 ] || printf '{"records":['
    printf ']}\n'
  } || no_output
  [ -z "$v_cursor" ] || say 'there are more: --all shows the rest'
  [ "$v_printed" -gt 0 ] || say 'no records match'
}

# page_format: JSON is built here from JSON lines, so that many pages are one document.
page_format() {
  case $v_format in json) printf jsonl ;; *) printf '%s' "$v_format" ;; esac
}

print_page() {
  # CSV and tables begin with a line of names, which is printed once.
  v_page_head=0
  case $v_format in csv | table) v_page_head=1 ;; esac
  v_page_lines=$(awk 'END { print NR }' "$v_folder/body")
  [ "$v_page_lines" -gt "$v_page_head" ] || return 0
  v_page_from=1
  [ "$v_printed" = 0 ] || v_page_from=$((1 + v_page_head))
  tail -n "+$v_page_from" "$v_folder/body" |
    case $v_format in
    table) awk "$PLAIN_READER$UTF8_READER" ;;
    json) awk -v printed="$v_printed" '{ print (NR + printed > 1 ? "," : "{\"records\":[") $0 }' ;;
    *) cat ;;
    esac | cat || return
  v_printed=$((v_printed + v_page_lines - v_page_head))
}

# progress: on one line of a terminal, otherwise every ten thousand records.
progress() {
  if [ -t 2 ]; then
    printf '\rvend: %s records' "$v_printed" >&2
    v_progress=yes
  elif [ "$((v_printed / 10000))" -gt "${v_progress:-0}" ]; then
    v_progress=$((v_printed / 10000))
    say "$v_printed records"
  fi
}

end_progress() {
  [ ! -t 2 ] || [ -z "${v_progress-}" ] || printf '\n' >&2
}

# ---------------------------------------------------------------- report

audit_report() {
  [ "$v_format" != table ] || v_format=html
  if [ "$v_format" = html ] && [ -t 1 ]; then
    usage_error 'the report is a document: vend audit report > report.html'
  fi
  download /audit/report "{$(period)\"format\":\"$v_format\"}"
  cat "$v_folder/body" || no_output
}
