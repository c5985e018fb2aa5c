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
  download /audit/report "{$(period)\"format\":\"$v_format\"}"
  cat "$v_folder/body" || no_output
}
