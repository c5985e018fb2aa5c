# ---------------------------------------------------------------- grants

# grant_options: prints what the options ask for, one a line: drop NAME, set NAME JSON, tag KEY
# VALUE.
grant_options() {
  for v_member in policy policy-arns tags not-before expires description; do
    ! is_dropped "--no-$v_member" || printf 'drop\t%s\n' "$(member_name "$v_member")"
  done
  ! is_dropped --enabled || printf 'drop\tdisabled\n'
  [ -z "$v_caller_pin" ] || printf 'drop\tunpinned\nset\tcallerId\t%s\n' "$(quoted "$v_caller_pin")"
  [ -z "$v_unpinned" ] || printf 'drop\tcallerId\nset\tunpinned\ttrue\n'
  [ -z "$v_duration" ] || printf 'set\tmaxDurationSeconds\t%s\n' "$v_duration"
  [ -z "$v_policy" ] || printf 'set\tpolicy\t%s\n' "$v_policy"
  [ -z "$v_policy_arns_json" ] || printf 'set\tpolicyArns\t[%s]\n' "$v_policy_arns_json"
  printf '%s' "$v_tags"
  [ -z "$v_from" ] || printf 'set\tnotBefore\t%s\n' "$(quoted "$v_from")"
  [ -z "$v_until" ] || printf 'set\texpiresAt\t%s\n' "$(quoted "$v_until")"
  [ -z "$v_disabled" ] || printf 'set\tdisabled\ttrue\n'
  [ -z "$v_description" ] || printf 'set\tdescription\t%s\n' "$(quoted "$v_description")"
}

is_dropped() {
  case " $v_dropped" in *" $1 "*) return 0 ;; esac
  return 1
}

# member_name OPTION: the name in the API of what --OPTION sets.
member_name() {
  case $1 in
  policy-arns) printf policyArns ;;
  not-before) printf notBefore ;;
  expires) printf expiresAt ;;
  *) printf '%s' "$1" ;;
  esac
}

need_no_contradiction() {
  [ -z "$v_caller_pin" ] || [ -z "$v_unpinned" ] || usage_error '--caller-id or --unpinned, not both'
  [ -z "$v_disabled" ] || ! is_dropped --enabled || usage_error '--disabled or --enabled, not both'
  [ -z "$v_policy" ] || ! is_dropped --no-policy || usage_error '--policy or --no-policy, not both'
  [ -z "$v_policy_arns_json" ] || ! is_dropped --no-policy-arns || usage_error '--policy-arn or --no-policy-arns, not both'
  [ -z "$v_from" ] || ! is_dropped --no-not-before || usage_error '--not-before or --no-not-before, not both'
  [ -z "$v_until" ] || ! is_dropped --no-expires || usage_error '--expires or --no-expires, not both'
  [ -z "$v_description" ] || ! is_dropped --no-description || usage_error '--description or --no-description, not both'
}

# @awk grant-merger

# find_grant: writes the grant to $v_folder/grant as the service exports it, or an empty file if
# there is none, and leaves its version in $v_grant_version. Reads the version first: if somebody
# changes the grant in between, the version is old and the change is refused.
find_grant() {
  v_grant_version=
  into "$v_folder/grant" :
  v_cursor=
  while :; do
    v_page=${v_cursor:+,\"cursor\":\"$v_cursor\"}
    call /grants/list "{\"caller\":\"$v_first\",\"limit\":100$v_page}"
    v_grant_version=$(printf '%s' "$v_flat" | list_grants | awk -F '\t' -v role="$v_second" '$2 == role { print $3 }')
    [ -z "$v_grant_version" ] || break
    next_page || return 0
  done
  is_number "$v_grant_version" || die 'the answer has no version'
  call /grants/list "{\"caller\":\"$v_first\",\"format\":\"lines\",\"limit\":100$v_page}"
  # shellcheck disable=SC2016
  printf '%s' "$v_flat" | into "$v_folder/grant" awk -v member="\"roleArn\":\"$v_second\"" \
    'sub(/^\/lines\/[0-9]+=s:/, "") && index($0, member)' || exit 1
  [ "$(awk 'END { print NR }' "$v_folder/grant")" = 1 ] || grant_moved
}

grant_moved() {
  die 'somebody else changed this grant at the same moment, and you changed nothing: look at it with vend grant list, then try again'
}

# grant_put: creates a grant, or changes one: what the options do not mention stays. The request
# has the version that was read, so that nobody's change is overwritten.
grant_put() {
  need_no_contradiction
  make_folder
  find_grant
  [ -n "$v_grant_version$v_caller_pin$v_unpinned" ] ||
    usage_error 'pin the grant to the unique ID of the caller, so that a new role of the same name does not inherit it:' \
      "--caller-id AROA..., as told by aws iam get-role --role-name ${v_first##*/} --query Role.RoleId (or --unpinned)"
  into "$v_folder/options" grant_options
  into "$v_folder/merged" awk -v CALLER="$v_first" -v ROLE="$v_second" -v OPTIONS="$v_folder/options" "$GRANT_MERGER" \
    "$v_folder/options" "$v_folder/grant"
  into "$v_folder/lines" awk "$GRANT_READER" "$v_folder/merged"
  v_keep_others=yes
  v_yes=yes
  plan_file
  need_same_version
  grep -q '^refused' "$v_folder/plan" || print_plan "$PLAN_PRINTER" "$v_folder/plan" | cat || no_output
  carry_out
}

# need_same_version: ends the script unless the plan is for the version that the options were
# merged into.
need_same_version() {
  v_planned=$(awk -F '\t' '{ print $1 ":" ($1 == "create" ? "" : $4) }' "$v_folder/plan")
  case $v_planned in
  refused:*) ;;
  create:"$v_grant_version" | change:"$v_grant_version" | keep:"$v_grant_version") ;;
  *) grant_moved ;;
  esac
}

grant_remove() {
  v_once="look first: vend grant list --caller $v_first"
  call /grants/remove "{\"caller\":\"$v_first\",\"roleArn\":\"$v_second\"}"
  v_once=
  say "removed: $v_first can't use $v_second from the next call"
}

grant_selection() {
  v_selection=
  [ -z "$v_of_caller" ] || is_caller_arn "$v_of_caller" || usage_error '--caller takes the ARN of an IAM role or user'
  [ -z "$v_of_role" ] || is_role_arn "$v_of_role" || usage_error "--role takes a role's ARN"
  [ -z "$v_of_caller" ] || [ -z "$v_of_role" ] || usage_error '--caller or --role, not both'
  [ -z "$v_of_caller" ] || v_selection="\"caller\":\"$v_of_caller\""
  [ -z "$v_of_role" ] || v_selection="\"roleArn\":\"$v_of_role\""
}

grant_list() {
  grant_selection
  if [ "$v_format" = json ]; then list_pages /grants/list; else
    list_table /access/list "\"limit\":150${v_selection:+,$v_selection}" "$GRANT_ROWS$USE_WORDS" \
      'CALLER|ROLE|PINNED TO|SECONDS|POLICY|NOW|LAST USE|EXPIRES|VERSION' '64|80|24|7|14|40|20|20|9'
  fi
}

# grant_export: prints grants as grant apply reads them, in a stable order.
grant_export() {
  grant_selection
  make_folder
  into "$v_folder/export" :
  v_export_short=
  v_cursor=
  while :; do
    call /grants/list "{\"format\":\"lines\",\"limit\":200${v_selection:+,$v_selection}${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    printf '%s' "$v_flat" | onto "$v_folder/export" awk 'sub(/^\/lines\/[0-9]+=s:/, "")' || exit 1
    ! say_corrupt || v_export_short=yes
    next_page || break
  done
  into "$v_folder/sorted" sort "$v_folder/export"
  cat "$v_folder/sorted" || no_output
  [ -z "$v_export_short" ] || exit 1
}
