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

# client_roles: the ARNs of its roles, a line each.
client_roles() {
  printf '%s' "$v_flat" | awk 'sub(/^\/client\/roles\/[0-9]+\/roleArn=s:/, "")'
}

# client_put: what is not said of a client that is there stays as it is. It is changed in
# the version that was read, so nobody's change is lost.
client_put() {
  v_client_version=
  if find_client "$v_first"; then
    text /client/externalId || :
    [ -z "$v_import" ] || [ "$v_import" = "$v_value" ] ||
      die "client $v_first is there already, with another ExternalId, which does not change; nothing was changed"
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
  [ -z "$v_client_version" ] || v_body="$v_body,\"version\":$v_client_version"
  [ "$v_format" != json ] || v_want_compact=1
  v_once="look first: vend client show $v_first"
  call /clients/put "$v_body}"
  v_once=
  if [ "$v_format" = json ]; then
    print_json
    return
  fi
  if field /unchanged && [ "$v_value" = true ]; then
    say "client $v_first is as it was; nothing was changed"
  elif [ -n "$v_client_version" ]; then
    say "client $v_first is changed"
  else
    say "client $v_first is there"
  fi
  tell_grants danglingGrants 'these grants let nobody in, since the client no longer has their role (vend grant remove CALLER ROLE):'
  tell_grants waitingGrants 'these grants work once their role is verified:'
  say "it makes its role from client-role.yaml with these parameters:"
  printf '%s' "$v_flat" | awk 'sub(/^\/onboarding\/templateParameters\//, "") { sub(/=s:/, "="); print }' | cat ||
    no_output
  ! text /onboarding/quickCreateUrl || {
    say 'or by this link, which opens CloudFormation in its account with all filled in:'
    printf '%s\n' "$v_value" || no_output
  }
  say "then: vend client verify $v_first"
}

# role_list: $v_roles without doubles and without $v_gone_roles, as members of a list.
role_list() {
  printf '%s' "$v_roles" | awk -v gone="$(printf '%s' "$v_gone_roles" | tr '\n' ' ')" '
    BEGIN { n = split(gone, word, " "); for (i = 1; i <= n; i++) seen[word[i]] = 1 }
    $0 != "" && !($0 in seen) { seen[$0] = 1; printf "%s\"%s\"", comma, $0; comma = "," }'
}

# need_gone_roles: a role that is to go must be there; a slip of the pen would leave it.
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

# client_suspend true|false: to suspend twice does no harm, but to resume twice could undo that
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

# client_verify: every role of a client, or one. All are probed before anything is waited
# for, and one wait serves all that may only be too new.
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
    say "these roles may be too new for all of AWS to know them; probing them again in $v_wait s:"
    server_lines "$v_verify_again"
    need sleep
    rest "$v_wait"
    verify_roles "$v_verify_again" 0
  }
  [ "$v_verify_failed" = 0 ]
}

# verify_roles ROLES WAIT: one a line. With a WAIT, those that a wait may help are left for
# later, in $v_verify_again.
verify_roles() {
  v_verify_left=$1$NL
  while [ -n "$v_verify_left" ]; do
    v_role=${v_verify_left%%"$NL"*}
    v_verify_left=${v_verify_left#*"$NL"}
    is_role_arn "$v_role" || die 'the answer names a role that is none'
    call /probes "{\"roleArn\":\"$v_role\"}"
    if [ "$2" != 0 ] && field /propagating && [ "$v_value" = true ]; then
      v_verify_again=$v_verify_again${v_verify_again:+$NL}$v_role
    else
      settle_role || v_verify_failed=$((v_verify_failed + 1))
    fi
  done
}

# settle_role: acts on what the probe of $v_role found.
settle_role() {
  text /probeId && is_vend_id "$v_value" || die 'the answer has no probeId'
  v_probe_id=$v_value
  field /passed || :
  v_probe_passed=$v_value
  # What the client must change; also of a role that passed, what it could allow besides.
  v_probe_findings=$(printf '%s' "$v_flat" | awk 'sub(/^\/findings\/[0-9]+=s:/, "  ")')
  # Of a probe that did not pass too: a role that was verified before no longer is.
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

# tell_grants MEMBER TEXT: the grants that the answer lists there, after the text, if there are any.
tell_grants() {
  v_told=$(printf '%s' "$v_flat" | awk -v list="/$1/" '
    index($0, list) != 1 { next }
    sub(/^\/[A-Za-z]+\/[0-9]+\/caller=s:/, "") { caller = $0; next }
    sub(/^\/[A-Za-z]+\/[0-9]+\/roleArn=s:/, "") { print "  " caller " " $0 }')
  [ -n "$v_told" ] || return 0
  say "$2"
  server_lines "$v_told"
  ! field /moreGrants || say 'and there may be more: vend grant list'
}

server_lines() {
  printf '%s\n' "$1" >&2
}

# ---------------------------------------------------------------- all vending

# vending_stop true|false: once or more often, as client_suspend.
vending_stop() {
  [ "$1" = true ] || v_once='make sure that nobody stopped vending since, then: vend start'
  call /clients/suspend "{\"all\":true,\"stopped\":$1}"
  v_once=
  if [ "$1" = true ]; then
    say 'all vending is stopped: every request is refused from the next call. vend start lets it go on.'
    say 'credentials that are out live on until they expire, in an hour at most; vend revoke ends them sooner'
  else
    say 'vending goes on'
  fi
}
