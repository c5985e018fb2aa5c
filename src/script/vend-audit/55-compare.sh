# ---------------------------------------------------------------- compare

# @awk client-rows

# @awk list-comparer

# @awk difference-text

# audit_compare: whether the allow-list has the changes that the audit has since a time. A list that was
# restored from a backup still has what was taken away since.
audit_compare() {
  [ -n "$v_since" ] || usage_error 'compare needs --since: the time to which the allow-list was restored'
  epoch "$v_since"
  # A record is written before and after its change, by another clock than the backup's. Records from
  # before the backup do no harm: the list is what they say.
  iso "$((v_seconds - 300))"
  v_compare_since=$v_moment
  now
  iso "$v_now"
  v_compare_now=$v_moment
  all_rows changes /audit/query "\"kind\":\"admin\",\"since\":\"$v_compare_since\",\"limit\":100" records \
    'at kind outcome action target roleArn caller vendId before after'
  all_rows clients /clients/list '"limit":50' clients ''
  all_rows grants /grants/list '"limit":100' grants 'caller roleArn version disabled'
  find_vending
  into "$v_folder/unsorted" awk -v CHANGES="$v_folder/changes" -v CLIENTS="$v_folder/clients" -v NOW="$v_compare_now" \
    -v VENDING="$v_vending" "$LIST_COMPARER" "$v_folder/changes" "$v_folder/clients" "$v_folder/grants"
  into "$v_folder/differences" sort -k 1,1n "$v_folder/unsorted"
  awk -F '\t' "$DIFFERENCE_TEXT" "$v_folder/differences" | cat || no_output
  v_differences=$(awk 'END { print NR }' "$v_folder/differences")
  counted "$(awk -F '\t' '$2 == "admin-outcome" && $3 == "made" { n++ } END { print n + 0 }' "$v_folder/changes")" change
  v_summary=$v_counted
  counted "$v_differences" difference
  say "since $v_compare_since: $v_summary in the audit, $v_counted in the allow-list; vending is $v_vending"
  [ ! -s "$v_folder/corrupt" ] || {
    say "rows that can't be read were not compared:"
    cat "$v_folder/corrupt" >&2
  }
  [ "$v_differences" = 0 ] && [ ! -s "$v_folder/corrupt" ] || exit 3
}

# all_rows NAME PATH MEMBERS LIST COLUMNS: all pages of an answer, one row a line, in the file NAME.
# Without COLUMNS, as CLIENT_ROWS prints them.
all_rows() {
  v_rows=$v_folder/$1
  into "$v_rows" :
  v_page_cursor=
  while :; do
    download "$2" "{$3${v_page_cursor:+,\"cursor\":\"$v_page_cursor\"}}"
    # Not in a variable: a page of records has megabytes.
    into "$v_folder/page" read_json <"$v_folder/body"
    [ "$(head -n 1 "$v_folder/page")" = json=ok ] || die "the answer of $v_endpoint is incomplete or invalid"
    if [ -n "$5" ]; then
      onto "$v_rows" awk -v LIST="$4" -v COLUMNS="$5" "$LIST_READER" "$v_folder/page"
    else
      onto "$v_rows" awk "$CLIENT_ROWS" "$v_folder/page"
    fi
    onto "$v_folder/corrupt" awk 'sub(/^\/corrupt\/[0-9]+=s:/, "  ")' "$v_folder/page"
    v_page_cursor=$(awk 'sub(/^\/cursor=s:/, "") { print; exit }' "$v_folder/page")
    [ -n "$v_page_cursor" ] || break
    case $v_page_cursor in *[!A-Za-z0-9_.-]*) die 'the cursor in the answer is invalid' ;; esac
  done
}

# find_vending: running, stopped or unreadable, in $v_vending. Only the report says so without a change.
find_vending() {
  iso "$((v_now - 60))"
  v_format=json
  make_report "\"since\":\"$v_moment\",\"until\":\"$v_compare_now\","
  v_flat=$NL$(read_json <"$v_folder/body")$NL
  named_values
  text /now/vending || :
  v_vending=$v_value
  case $v_vending in running | stopped | unreadable) ;; *) die 'the report does not say whether vending runs' ;; esac
}
