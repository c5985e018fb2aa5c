# ---------------------------------------------------------------- revoke

# revoke: prints the policy that the client attaches to the role. Only the client can end sessions
# in its account; the vendor can't.
revoke() {
  if is_caller_arn "$v_first"; then revoke_caller; else revoke_vend; fi
}

revoke_vend() {
  printf '{"Version":"2012-10-17","Statement":[{"Sid":"EndOneVend","Effect":"Deny","Action":"*","Resource":"*",%s"*:*@%s"}}}]}\n' \
    '"Condition":{"StringLike":{"aws:userid":' "$v_first" || no_output
  revoke_help "vended-end-$v_first"
}

# By the unique ID, which is the source identity of the sessions, and for roles without a source
# identity by the name that every session has before its @. The name is not unique: sessions of
# other callers with this name end too, and are replaced by the next vend.
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
    die "found nothing to end: no grant names $v_first, and it got no credentials in the last 12 hours. Is the ARN right? vend grant list shows the callers"
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
  [ -z "$v_revoke_roles" ] || say 'the caller may have sessions in these roles, according to its grants and the last 12 hours of the audit:'
  server_lines "$v_revoke_roles"
  revoke_help vended-end-sessions
}

# granted_roles: adds the roles and unique IDs of the caller's grants to $v_revoke_roles and
# $v_revoke_ids.
granted_roles() {
  v_cursor=
  while :; do
    call /grants/list "{$v_selection${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    take_revoked '^/grants/[0-9]+/roleArn=s:' '^/grants/[0-9]+/callerId=s:'
    if say_corrupt; then
      say 'the policy does not cover them'
      v_revoke_unsure=yes
    fi
    next_page || break
  done
}

# vended_roles: adds what the caller was vended, which the audit knows even after its grants are
# removed. An administrator who may not ask, or gets no answer, still gets the policy.
vended_roles() {
  v_cursor=
  while vended_page; do
    take_revoked '^/roles/[0-9]+/roleArn=s:' '^/roles/[0-9]+/sourceIdentities/[0-9]+=s:'
    text /cursor || return 0
    v_cursor=$v_value
    v_vended_fault='the cursor in the answer is invalid'
    case $v_cursor in *[!A-Za-z0-9_.-]*) break ;; esac
  done
  say "could not ask the audit what the caller was vended (/audit/caller: $v_vended_fault): roles without a grant are missing below"
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
  0:200:application/json:*) v_vended_fault="the answer is incomplete or invalid: $v_value" ;;
  0:200:*) v_vended_fault="the answer has the content type ${v_type:-(none)}" ;;
  none:*) v_vended_fault="the answer can't be read, or is larger than $ANSWER_BYTES bytes" ;;
  *)
    v_vended_fault=$(outcome)
    ! lacks_route || v_vended_fault="$v_vended_fault; $v_lacks"
    ;;
  esac
  return 1
}

# take_revoked ROLE ID: adds what follows these patterns in the answer.
take_revoked() {
  v_revoke_roles=$v_revoke_roles$(printf '%s' "$v_flat" | awk -v role="$1" 'sub(role, "  ")')$NL
  v_revoke_ids=$v_revoke_ids$(printf '%s' "$v_flat" | awk -v id="$2" 'sub(id, "") && /^[A-Z0-9]+$/')$NL
}

revoke_help() {
  say 'this does not end the grants: to do that from the next call, use vend grant remove, vend client suspend or vend stop'
  say 'the client attaches the policy to the role in its account, and removes it an hour later:'
  say "  aws iam put-role-policy --role-name ROLE --policy-name $1 --policy-document file://policy.json"
}
