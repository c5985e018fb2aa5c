# ---------------------------------------------------------------- roles, whoami

command_roles() {
  list_arguments "$@"
  v_keep_caller=yes
  v_want_split=/grants
  collect_roles
  if [ "$v_format" = json ]; then
    printf '%s' "$v_roles" | awk -F '\001' "$ROLES_JSON" | cat || no_output
    return
  fi
  v_colour=0
  ! coloured 1 || v_colour=1
  printf '%s' "$v_roles" | awk -v colour="$v_colour" "$ROLES_TABLE" | cat || no_output
  text /caller/arn || :
  [ "$v_roles_n" != 0 ] || server_says "no grant for $v_value"
  field /truncated && [ "$v_value" = true ] && say 'the list is incomplete; there are more'
  return 0
}

# collect_roles: all pages of the caller's grants, in $v_roles.
collect_roles() {
  v_roles=
  v_roles_n=0
  v_cursor=
  while :; do
    call /roles "{${v_cursor:+\"cursor\":\"$v_cursor\"}}"
    if [ "$v_format" = json ]; then v_roles=$v_roles$(compact_json)$NL; else add_roles; fi
    text /cursor || break
    v_cursor=$v_value
    case $v_cursor in *[!A-Za-z0-9_-]*) die 'the cursor in the answer is invalid' ;; esac
  done
}

# add_roles: adds the grants of a page to $v_roles, numbered from $v_roles_n.
add_roles() {
  v_roles=$v_roles$(printf '%s' "$v_flat" | awk -v from="$v_roles_n" '
    match($0, /^\/grants\/[0-9]+\//) {
      print "/grants/" (substr($0, 9, RLENGTH - 9) + from) substr($0, RLENGTH)
    }')$NL
  field /grants && is_number "$v_value" && v_roles_n=$((v_roles_n + v_value))
  return 0
}

# @awk roles-json

# @awk roles-table

list_arguments() {
  need cat
  v_format=table
  v_want_compact=1
  each_argument take_argument "$@"
  [ -z "$v_role" ] || usage_error "vend $v_command takes options only"
}

command_whoami() {
  list_arguments "$@"
  call /roles '{}'
  text /caller/arn || die 'the answer does not say who calls'
  v_whoami_arn=$v_value
  text /caller/uniqueId || :
  v_whoami_id=$v_value
  text /caller/account || :
  if [ "$v_format" = json ]; then
    printf '{"arn":%s,"uniqueId":%s,"account":%s}\n' "$(quoted "$v_whoami_arn")" "$(quoted "$v_whoami_id")" "$(quoted "$v_value")" ||
      no_output
    return
  fi
  printf 'caller     %s\nunique ID  %s\naccount    %s\nfrom       %s\n' "$v_whoami_arn" "$v_whoami_id" "$v_value" "$v_caller_source" ||
    no_output
}

# compact_json: the last line of $v_flat. By awk, for the reason at named_values.
compact_json() {
  printf '%s' "$v_flat" | awk 'sub(/^compact=/, "")'
}

quoted() {
  printf '%s\n' "$1" | awk '{ gsub(/[\\"]/, "\\\\&"); print "\"" $0 "\"" }'
}
