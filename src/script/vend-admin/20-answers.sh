# ---------------------------------------------------------------- answers

# What to do about a problem, by its code, as commands: the service names members of its API. For
# other codes the advice of the service is shown.
ADVICE="no_client${TAB}there is no such client: vend client put ACCOUNT --name NAME --role ROLE_ARN
no_grant${TAB}there is no such grant: vend grant list shows those that exist
no_probe${TAB}the audit does not have the probe; verify the role again: vend client verify ROLE_ARN
version_conflict${TAB}somebody else changed this at the same moment, and you changed nothing: look at it, then run the command again
no_rotation${TAB}its ExternalId is not being rotated: vend client rotate ACCOUNT starts that
rotation_not_switched${TAB}vends still use the old ExternalId: --switch comes first, or --cancel
rotation_switched${TAB}vends use the new ExternalId already: --finish, or --back
external_id_not_accepted${TAB}not every verified role accepts the other ExternalId and refuses strangers: the client has to accept both first
external_id_not_refused${TAB}the old ExternalId is not dead: the trust policy of each role must refuse it, and accept the new one
grants_left${TAB}somebody made a grant of its roles since the plan, and the client was not removed: run the command again
role_not_known${TAB}the client does not have this role: vend client put ACCOUNT --role ROLE_ARN
role_not_verified${TAB}no probe has found this role safe, or one found it unsafe since: vend client verify ROLE_ARN
probe_not_passed${TAB}the probe did not find the role safe, so it is not vended
probe_too_old${TAB}something newer than this probe is known of the role; verify it again: vend client verify ROLE_ARN
probe_of_another_external_id${TAB}the client has another ExternalId by now; verify the role again: vend client verify ROLE_ARN
external_id_taken${TAB}another client has or had this ExternalId; without --import-external-id a new one is made
corrupt_row${TAB}a row of the table can't be read, so it is not changed: vend client list and vend grant list say what is wrong with it
corrupt_client${TAB}the client's row of the table can't be read: vend client list says what is wrong with it
unsure${TAB}the change may have been made: look with vend client list or vend grant list before you try again"

problem_detail() {
  text /code || :
  case $NL$ADVICE in
  *"$NL$v_value$TAB"*)
    v_advice=${ADVICE#*"$v_value$TAB"}
    say "  ${v_advice%%"$NL"*}"
    ;;
  *) text /detail && server_says "  $v_value" ;;
  esac
}

# place_words POINTER: the option that sets a member of the request.
place_words() {
  case $1 in
  /name | /unpinned | /policy | /description) printf %s "--${1#/}" ;;
  /roles | /roles/*) printf %s --role ;;
  /ownAccount) printf %s --own-account ;;
  /activateWhenSafe) printf %s --activate-when-safe ;;
  /importExternalId) printf %s --import-external-id ;;
  /callerId) printf %s --caller-id ;;
  /maxDurationSeconds) printf %s --duration ;;
  /policyArns | /policyArns/*) printf %s --policy-arn ;;
  /tags | /tags/*) printf %s --tag ;;
  /notBefore) printf %s --not-before ;;
  /expiresAt) printf %s --expires ;;
  *) printf %s "$1" ;;
  esac
}

# show PATH BODY: calls the service and prints the answer in the requested format.
show() {
  v_show_body=$2
  case $v_format in
  json) v_want_compact=1 ;;
  *)
    v_want_columns=/table
    v_show_body="${2%\}},\"format\":\"table\"}"
    case $2 in '{}') v_show_body='{"format":"table"}' ;; esac
    ;;
  esac
  call "$1" "$v_show_body"
  if [ "$v_format" = json ]; then print_json; else print_table; fi
  v_want_columns=
}

# print_json: by cat, which reports a full disk; not every awk does.
print_json() {
  compact_json | cat || no_output
}

print_table() {
  printf '%s' "$v_flat" | awk 'sub(/^\/table\/[0-9]+=s:/, "")' | cat || no_output
}

# @awk client-rows

# @awk grant-rows

# list_grants: prints caller, role and version of each grant from standard input.
list_grants() {
  awk -v LIST=grants -v COLUMNS='caller roleArn version' "$LIST_READER"
}

client_list() {
  if [ "$v_format" = json ]; then list_pages /clients/list; else
    list_table /clients/list '"limit":50' "$CLIENT_ROWS" 'ACCOUNT|NAME|STATE|VERSION|ROLE|ROLE STATE' '12|32|38|9|80|12'
  fi
}

# list_pages PATH: prints each page as JSON as it arrives.
list_pages() {
  v_cursor=
  while :; do
    show "$1" "{${v_selection-}${v_cursor:+${v_selection:+,}\"cursor\":\"$v_cursor\"}}"
    next_page || break
  done
}
