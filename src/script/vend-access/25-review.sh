# ---------------------------------------------------------------- access review

# @awk change-rows

# access_review: the list, and the changes of the allow-list since a time. The changes are the
# audit's, which auditors alone may read; they are asked for first, so that whoever may not gets no
# half of a sheet.
access_review() {
  [ -n "$v_since" ] || usage_error 'a review needs its period: vend access review --since 90d'
  make_folder
  v_review_members=$v_members
  review_changes
  v_members=$v_review_members
  if [ "$v_format" = json ]; then review_json; else review_table; fi
}

# review_changes: leaves the changes in $v_folder/changes, one a line. All changes of a caller's
# grants name it as their target, which the audit has no index for. A change of a whole client is
# one of each of its roles, and names none.
review_changes() {
  case $v_members in
  *'"caller":'*) v_members= ;;
  *'"roleArn":'*)
    is_role_arn "$v_review_role"
    v_members="\"account\":\"$v_role_account\","
    ;;
  esac
  v_review_format=$v_format
  v_format=jsonl
  v_all=yes
  need_auditor
  v_progress=
  print_pages /audit/query "$v_members\"kind\":\"admin\",\"outcome\":\"made\",\"since\":\"$v_since\"," 1000 records \
    >"$v_folder/all" || no_room
  # An ARN has nothing that JSON or awk would write in another way.
  # shellcheck disable=SC2016
  into "$v_folder/changes" awk -v target="${v_review_target:+\"target\":\"$v_review_target\"}" \
    -v role="${v_review_role:+\"roleArn\":\"$v_review_role\"}" \
    '(target == "" || index($0, target)) && (role == "" || index($0, role) || !index($0, "\"roleArn\":\""))' "$v_folder/all"
  v_format=$v_review_format
}

# need_auditor: asks for nothing but whether the audit may be asked.
need_auditor() {
  v_expected=403
  call /audit/query '{"vendId":"00000000000000000000000000","limit":1}'
  v_expected=
  [ "$v_status" != 403 ] ||
    die 'what changed is in the audit, which only auditors may read; vend access shows who has access now'
}

review_table() {
  list_table /access/list "$v_members\"limit\":150" "$ACCESS_ROWS$USE_WORDS" \
    'CALLER|CLIENT|ROLE|NOW|LAST USE|PINNED TO' '64|32|80|40|20|24'
  printf '\nCHANGES SINCE %s\n' "$v_since" || no_output
  into "$v_folder/changed" :
  v_review_left=yes
  while IFS= read -r v_review_line || [ -n "$v_review_line" ]; do
    v_flat=$(printf '{"records":[%s]}' "$v_review_line" | read_json)$NL
    printf '%s' "$v_flat" | onto "$v_folder/changed" awk "$CHANGE_ROWS" || exit 1
  done <"$v_folder/changes"
  into "$v_folder/sorted" sort "$v_folder/changed"
  into "$v_folder/table" awk -v HEADS='AT|CHANGE|OF|ROLE|BY|VENDID' -v CAPS='19|18|64|80|64|26' "$TABLE_WRITER" \
    "$v_folder/sorted" "$v_folder/sorted"
  cat "$v_folder/table" || no_output
}

# review_json: one document, of the lines of both.
review_json() {
  v_format=jsonl
  print_pages /access/list "$v_members" 500 grants >"$v_folder/grants" || no_room
  {
    printf '{"since":"%s","grants":[' "$v_since"
    awk '{ printf "%s%s", (NR > 1 ? ",\n" : "\n"), $0 }' "$v_folder/grants"
    printf '],"changes":['
    awk '{ printf "%s%s", (NR > 1 ? ",\n" : "\n"), $0 }' "$v_folder/changes"
    printf ']}\n'
  } | cat || no_output
}
