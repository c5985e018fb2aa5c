# ---------------------------------------------------------------- clients

find_client() {
  v_expected=404
  call /clients/list "{\"account\":\"$1\"}"
  v_expected=
  [ "$v_status" != 404 ] || {
    text /code && [ "$v_value" = no_client ] || {
      problem
      exit 1
    }
    return 1
  }
}

# client_roles: prints the ARNs of its roles, one a line.
client_roles() {
  printf '%s' "$v_flat" | awk 'sub(/^\/client\/roles\/[0-9]+\/roleArn=s:/, "")'
}

# @awk steps-writer

# put_client: creates the client $v_first, or changes it: what the options do not mention stays. The
# request has the version that was read, so that nobody's change is overwritten.
put_client() {
  v_client_version=
  if find_client "$v_first"; then
    text /client/externalId || :
    [ -z "$v_import" ] || [ "$v_import" = "$v_value" ] ||
      die "client $v_first exists with another ExternalId, which can't change; nothing was changed"
    v_import=
    field /client/version && is_number "$v_value" || die 'the answer has no version'
    v_client_version=$v_value
    text /client/name || :
    [ -n "$v_name" ] || v_name=$v_value
    field /client/ownAccount || :
    [ "$v_value" != true ] || v_own_account=true
    v_roles=$(client_roles)$NL$v_roles
  fi
  need_gone_roles
  [ -n "$v_name" ] || usage_error 'a new client needs a --name'
  v_body="{\"account\":\"$v_first\",\"name\":$(quoted "$v_name"),\"roles\":[$(role_list)]"
  [ -z "$v_own_account" ] || v_body="$v_body,\"ownAccount\":true"
  [ -z "$v_import" ] || v_body="$v_body,\"importExternalId\":$(quoted "$v_import")"
  [ -z "$v_activate" ] || v_body="$v_body,\"activateWhenSafe\":$v_activate"
  [ -z "$v_client_version" ] || v_body="$v_body,\"version\":$v_client_version"
  [ "$v_format" != json ] || v_want_compact=1
  v_once="look first: vend client show $v_first"
  call /clients/put "$v_body}"
  v_once=
}

client_put() {
  put_client
  if [ "$v_format" = json ]; then
    print_json
    return
  fi
  if field /unchanged && [ "$v_value" = true ]; then
    say "client $v_first is unchanged"
  elif [ -n "$v_client_version" ]; then
    say "client $v_first was changed"
  else
    say "client $v_first was created"
  fi
  tell_grants danglingGrants 'these grants let nobody in, since the client no longer has their role (vend grant remove CALLER ROLE):'
  tell_grants waitingGrants 'these grants work once their role is verified:'
  say "it creates each role from client-role.yaml with these parameters (vend client letter $v_first has all that it must know):"
  printf '%s' "$v_flat" | awk "$STEPS_WRITER" | cat || no_output
  if ! probes_new_roles; then
    say "no schedule probes new roles (parameter ReprobeSchedule), so once the client has created them: vend client verify $v_first"
  elif [ "$v_activate" = true ]; then
    say "the schedule probes new roles every hour at first, for 14 days, and activates those that are safe: vend client wait $v_first"
  else
    say "then: vend client verify $v_first"
  fi
}

# probes_new_roles: whether the answer has a schedule probe new roles. An older service does not say,
# and most have one.
probes_new_roles() {
  ! field /onboarding/newRolesProbed || [ "$v_value" != false ]
}

# role_list: $v_roles without duplicates and $v_gone_roles, as members of a list.
role_list() {
  printf '%s' "$v_roles" | awk -v gone="$(printf '%s' "$v_gone_roles" | tr '\n' ' ')" '
    BEGIN { n = split(gone, word, " "); for (i = 1; i <= n; i++) seen[word[i]] = 1 }
    $0 != "" && !($0 in seen) { seen[$0] = 1; printf "%s\"%s\"", comma, $0; comma = "," }'
}

# need_gone_roles: ends the script if a role to be removed is not there; otherwise a typo would
# leave the role.
need_gone_roles() {
  v_gone_left=$v_gone_roles
  while [ -n "$v_gone_left" ]; do
    case $NL$v_roles in
    *"$NL${v_gone_left%%"$NL"*}$NL"*) ;;
    *) die "client $v_first has no role ${v_gone_left%%"$NL"*}; nothing was changed" ;;
    esac
    v_gone_left=${v_gone_left#*"$NL"}
  done
}

client_show() {
  show /clients/list "{\"account\":\"$v_first\"}"
}

# client_suspend true|false: suspending twice is harmless, but a second resume could undo that
# somebody suspended the client in between.
client_suspend() {
  [ "$1" = true ] || v_once="look first: vend client show $v_first"
  call /clients/suspend "{\"account\":\"$v_first\",\"suspended\":$1}"
  v_once=
  if [ "$1" = true ]; then
    say "client $v_first is suspended: its roles are refused from the next call"
  else
    say "client $v_first is no longer suspended"
  fi
}

# client_verify: verifies one role, or all of a client. All are probed first, so that one wait
# serves all roles that may be too new.
client_verify() {
  if is_account "$v_first"; then
    find_client "$v_first" || die "there is no client $v_first: vend client put $v_first --name NAME --role ARN"
    v_verify_roles=$(client_roles)
    [ -n "$v_verify_roles" ] || die "client $v_first has no role: vend client put $v_first --role ARN"
  else
    v_verify_roles=$v_first
  fi
  v_verify_failed=0
  v_verify_again=
  verify_roles "$v_verify_roles" "$v_wait"
  [ -z "$v_verify_again" ] || {
    say "these roles may be too new to be known everywhere in AWS; probing them again in $v_wait s:"
    server_lines "$v_verify_again"
    need sleep
    rest "$v_wait"
    verify_roles "$v_verify_again" 0
  }
  [ "$v_verify_failed" = 0 ]
}

# verify_roles ROLES WAIT: verifies the roles, one a line. With a WAIT, roles that may only be too
# new are left in $v_verify_again.
verify_roles() {
  v_verify_left=$1$NL
  while [ -n "$v_verify_left" ]; do
    v_role=${v_verify_left%%"$NL"*}
    v_verify_left=${v_verify_left#*"$NL"}
    is_role_arn "$v_role" || die 'the answer names an invalid role'
    call /probes "{\"roleArn\":\"$v_role\"}"
    if [ "$2" != 0 ] && field /propagating && [ "$v_value" = true ]; then
      v_verify_again=$v_verify_again${v_verify_again:+$NL}$v_role
    else
      settle_role || v_verify_failed=$((v_verify_failed + 1))
    fi
  done
}

# settle_role: acts on the result of the probe of $v_role.
settle_role() {
  text /probeId && is_vend_id "$v_value" || die 'the answer has no probeId'
  v_probe_id=$v_value
  field /passed || :
  v_probe_passed=$v_value
  # What the client must change; for a role that passed, what it could also allow.
  v_probe_findings=$(printf '%s' "$v_flat" | awk 'sub(/^\/findings\/[0-9]+=s:/, "  ")')
  # Also for a probe that did not pass: a role that was verified before no longer is.
  v_expected=409
  call /clients/activate "{\"probeId\":\"$v_probe_id\"}"
  v_expected=
  if [ "$v_probe_passed" = true ] && [ "$v_status" = 200 ]; then
    printf '%s verified\n' "$v_role" || no_output
    tell_grants activeGrants 'these grants work from now on:'
    [ -z "$v_probe_findings" ] || server_lines "$v_probe_findings"
    return 0
  fi
  printf '%s NOT verified\n' "$v_role" || no_output
  [ "$v_probe_passed" != true ] || problem
  [ -z "$v_probe_findings" ] || server_lines "$v_probe_findings"
  return 1
}

# tell_grants MEMBER TEXT: prints the grants in that list of the answer after the text, if there
# are any.
tell_grants() {
  v_told=$(printf '%s' "$v_flat" | awk -v list="/$1/" '
    index($0, list) != 1 { next }
    sub(/^\/[A-Za-z]+\/[0-9]+\/caller=s:/, "") { caller = $0; next }
    sub(/^\/[A-Za-z]+\/[0-9]+\/roleArn=s:/, "") { print "  " caller " " $0 }')
  [ -n "$v_told" ] || return 0
  say "$2"
  server_lines "$v_told"
  ! field /moreGrants || say 'there may be more: vend grant list'
}

server_lines() {
  printf '%s\n' "$1" >&2
}

# ---------------------------------------------------------------- stop and start

# vending_stop true|false: sent once or repeatedly, as in client_suspend.
vending_stop() {
  [ "$1" = true ] || v_once='make sure that nobody stopped vending since, then: vend start'
  call /clients/suspend "{\"all\":true,\"stopped\":$1}"
  v_once=
  if [ "$1" = true ]; then
    say 'all vending is stopped: every request is refused from the next call. vend start resumes it.'
    say 'active credentials last until they expire, within an hour; vend revoke ends them sooner'
  else
    say 'vending has resumed'
  fi
}
