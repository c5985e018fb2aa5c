# ---------------------------------------------------------------- revoke

# revoke: prints the policy that the client attaches to the role. The vendor can't end
# sessions in a client's account; the client can.
revoke() {
  if is_caller_arn "$v_first"; then revoke_caller; else revoke_vend; fi
}

revoke_vend() {
  printf '{"Version":"2012-10-17","Statement":[{"Sid":"EndOneVend","Effect":"Deny","Action":"*","Resource":"*",%s"*:*@%s"}}}]}\n' \
    '"Condition":{"StringLike":{"aws:userid":' "$v_first" || no_output
  revoke_help "vended-end-$v_first"
}

# By the unique ID, which the sessions bear as source identity, and for roles that take none
# by the name that every session has before its @. The name is no more than that: sessions of
# other callers with this name end too, and come back with the next vend.
revoke_caller() {
  v_of_caller=$v_first
  grant_selection
  v_revoke_roles=
  v_revoke_ids=
  v_revoke_unsure=
  granted_roles
  vended_roles
  v_revoke_roles=$(printf '%s' "$v_revoke_roles" | awk '$0 != "" && !seen[$0]++')
  [ -n "$v_revoke_roles$v_revoke_unsure" ] ||
    die "found nothing to end: no grant names $v_first, and it was vended nothing in the last 12 hours. Is this its ARN? vend grant list has the callers"
  v_revoke_now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  v_revoke_name=${v_first##*/}
  [ "${#v_revoke_name}" -le 37 ] || v_revoke_name=$(printf '%.37s' "$v_revoke_name")
  v_revoke_ids=$(printf '%s' "$v_revoke_ids" | awk '$0 != "" && !seen[$0]++ { printf "%s\"%s\"", comma, $0; comma = "," }')
  {
    printf '{"Version":"2012-10-17","Statement":['
    [ -z "$v_revoke_ids" ] ||
      printf '{"Sid":"EndByIdentity","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceIdentity":[%s]},"DateLessThan":{"aws:TokenIssueTime":"%s"}}},' \
        "$v_revoke_ids" "$v_revoke_now"
    printf '{"Sid":"EndByName","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":"*:%s@*"},"DateLessThan":{"aws:TokenIssueTime":"%s"}}}]}\n' \
      "$v_revoke_name" "$v_revoke_now"
  } | cat || no_output
  [ -z "$v_revoke_roles" ] || say 'sessions of the caller may be in these roles, by its grants and what it was vended in the last 12 hours:'
  server_lines "$v_revoke_roles"
  revoke_help vended-end-sessions
}

# granted_roles: adds what the caller's grants have, to $v_revoke_roles and $v_revoke_ids.
granted_roles() {
  v_cursor=
  while :; do
    call /grants/list "{$v_selection${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    take_revoked '^/grants/[0-9]+/roleArn=s:' '^/grants/[0-9]+/callerId=s:'
    if say_corrupt; then
      say 'whom they are for is not in the policy'
      v_revoke_unsure=yes
    fi
    next_page || break
  done
}

# vended_roles: adds what the caller was vended, which stays when its grants are removed. Who
# can't ask that, or can't now, still gets the policy, whatever the reason is.
vended_roles() {
  v_cursor=
  while vended_page; do
    take_revoked '^/roles/[0-9]+/roleArn=s:' '^/roles/[0-9]+/sourceIdentities/[0-9]+=s:'
    text /cursor || return 0
    v_cursor=$v_value
    v_vended_fault='the cursor in the answer is invalid'
    case $v_cursor in *[!A-Za-z0-9_.-]*) break ;; esac
  done
  say "could not ask what the caller was vended (/audit/caller: $v_vended_fault): roles without a grant are missing below"
  v_revoke_unsure=yes
}

# vended_page: fails with the reason in $v_vended_fault.
vended_page() {
  v_expected=any
  call /audit/caller "{\"caller\":\"$v_first\"${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
  v_expected=
  field json || :
  case $v_curl_exit:$v_status:$v_type:$v_value in
  0:200:application/json:ok) return 0 ;;
  0:200:application/json:*) v_vended_fault="the answer is not whole: $v_value" ;;
  0:200:*) v_vended_fault="the answer has the content type ${v_type:-(none)}" ;;
  none:*) v_vended_fault="the answer can't be read, or is larger than $ANSWER_BYTES bytes" ;;
  *) v_vended_fault=$(outcome) ;;
  esac
  return 1
}

# take_revoked ROLE ID: adds what stands in the answer behind these patterns.
take_revoked() {
  v_revoke_roles=$v_revoke_roles$(printf '%s' "$v_flat" | awk -v role="$1" 'sub(role, "  ")')$NL
  v_revoke_ids=$v_revoke_ids$(printf '%s' "$v_flat" | awk -v id="$2" 'sub(id, "") && /^[A-Z0-9]+$/')$NL
}

revoke_help() {
  say 'this ends no grant: vend grant remove, vend client suspend or vend stop do, from the next call'
  say 'the client attaches the policy to the role, in its account, and takes it away an hour later:'
  say "  aws iam put-role-policy --role-name ROLE --policy-name $1 --policy-document file://policy.json"
}
