# ---------------------------------------------------------------- client remove

# @awk removal-rows

# client_remove: removes a client's grants and then the client, after it has shown both and asked.
# Run again after an interruption, it makes a new plan with what is left.
client_remove() {
  make_folder
  v_client_version=
  if find_client "$v_first"; then
    field /client/version && is_number "$v_value" || die 'the answer has no version'
    v_client_version=$v_value
  fi
  into "$v_folder/head" client_words
  removed_grants
  [ -n "$v_client_version" ] || [ -s "$v_folder/gone" ] ||
    die "there is no client $v_first, and no grant of its roles: it was removed already, or the account ID is wrong"
  {
    cat "$v_folder/head"
    print_plan "$PLAN_PRINTER" "$v_folder/gone"
    cat "$v_folder/live"
  } | cat || no_output
  [ -z "$v_dry_run" ] || return 0
  [ -n "$v_yes" ] || ask
  remove_planned
}

client_words() {
  if [ -z "$v_client_version" ]; then
    printf 'client %s is removed already; these grants of its roles are left:\n' "$v_first"
    return
  fi
  text /client/name || :
  printf 'client %s, %s, with its roles, and all grants of them:\n' "$v_first" "$v_value" | awk "$PLAIN_READER$UTF8_READER"
  client_roles | awk '{ print "- " $0 }'
}

# removed_grants: writes the grants of all roles in the account to $v_folder/gone, as a plan does,
# and which sessions may still be live to $v_folder/live.
removed_grants() {
  now
  iso "$((v_now - 3600))"
  into "$v_folder/uses" :
  v_cursor=
  while :; do
    call /access/list "{\"account\":\"$v_first\",\"limit\":500${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    printf '%s' "$v_flat" | onto "$v_folder/uses" awk "$REMOVAL_ROWS" || exit 1
    ! say_corrupt || die "nothing was changed: an operator must fix them first (docs/operations.md)"
    next_page || break
  done
  ! grep -q '^bad' "$v_folder/uses" ||
    die "the service can't read a grant of this account; nothing was changed: vend grant list says what is wrong with it"
  # shellcheck disable=SC2016
  into "$v_folder/gone" awk -F '\t' '{ print "remove\t" $1 "\t" $2 "\t" $3 }' "$v_folder/uses"
  # shellcheck disable=SC2016
  into "$v_folder/live" awk -F '\t' -v since="$v_moment" '
    $4 == "never" || $4 != "" && $4 < since { next }
    !told { told = 1; print "sessions that may still be live, for an hour at most after the last vend:" }
    { print "  " $1 " " $2 "  " ($4 == "" ? "last vend unknown" : "last vend " $5 $4) }' "$v_folder/uses"
}

# remove_planned: removes what was shown. A grant that somebody changed since stays, and so does the
# client.
remove_planned() {
  if [ -s "$v_folder/gone" ]; then
    into "$v_folder/lines" :
    into "$v_folder/plan" cat "$v_folder/gone"
    carry_out
  fi
  if [ -n "$v_client_version" ]; then
    v_once='run the command again: it removes what is left'
    call /clients/remove "{\"account\":\"$v_first\",\"version\":$v_client_version}"
    v_once=
    say "client $v_first is removed; its ExternalId stays reserved and opens nothing any more"
    say 'tell the client: it can delete its role (the stack of client-role.yaml)'
  fi
  say "grants that were removed in the last hour, before this, may have live sessions too (an auditor: vend audit --account $v_first --since 1h)"
  [ ! -s "$v_folder/live" ] ||
    say 'the sessions above end by themselves; to end them now: vend revoke CALLER_ARN prints the policy for the client'
}
