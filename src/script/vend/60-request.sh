# ---------------------------------------------------------------- request

# add_policy FILE: checks the policy and removes white space, which STS counts too.
add_policy() {
  case $1 in
  -) v_flat=$NL$(read_json -v compact=1)$NL ;;
  *)
    [ ! -d "$1" ] && [ -r "$1" ] || usage_error "can't read the policy file"
    v_flat=$NL$(read_json -v compact=1 <"$1")$NL
    ;;
  esac
  named_values
  field json || :
  [ "$v_value" = ok ] || usage_error "the policy is not JSON: $v_value"
  field '' && [ "$v_kind" = o ] || usage_error 'the policy is not a JSON object'
  v_policy=$(quoted "$(compact_json)")
  v_policy_file=$1
  case $1 in /* | -) ;; *) v_policy_file=$(pwd)/$1 ;; esac
}

add_policy_arn() {
  case $1 in
  *[!A-Za-z0-9+=,.@_/:-]*) usage_error "the policy ARN has characters that ARNs don't have" ;;
  arn:*:iam::*:policy/?*) ;;
  *) usage_error 'a policy ARN has the form arn:aws:iam::ACCOUNT:policy/NAME' ;;
  esac
  v_policy_arns=$v_policy_arns$1$NL
  v_policy_arns_json="$v_policy_arns_json${v_policy_arns_json:+,}\"$1\""
}

# add_context KEY=VALUE: adds claimed context, which the service records and never trusts.
add_context() {
  case $1 in
  [A-Za-z]*=*) ;;
  *) usage_error 'context has the form KEY=VALUE, and the key starts with a letter' ;;
  esac
  case ${1%%=*} in
  *[!A-Za-z0-9_.-]*) usage_error 'a context key can have only letters, digits and _ . -' ;;
  esac
  v_context_key=${1%%=*}
  [ "${#v_context_key}" -le 64 ] || usage_error 'a context key has at most 64 characters'
  case $NL$v_context in
  *"$NL${1%%=*}$TAB"*) usage_error "context ${1%%=*} is given twice" ;;
  esac
  v_context="$v_context${1%%=*}$TAB${1#*=}$NL"
  v_context_n=$((v_context_n + 1))
  [ "$v_context_n" -le 20 ] || usage_error 'there can be at most 20 context keys'
}

# @awk context-writer

# make_body: writes the request of POST /credentials into $v_body. Values that are not quoted here
# have been checked, or quoted by awk above.
make_body() {
  v_body="{\"roleArn\":\"$v_role\""
  [ -z "$v_duration" ] || v_body="$v_body,\"durationSeconds\":$v_duration"
  [ -z "$v_policy" ] || v_body="$v_body,\"policy\":$v_policy"
  [ -z "$v_policy_arns" ] || v_body="$v_body,\"policyArns\":[$v_policy_arns_json]"
  v_members=
  case $v_context${CODEBUILD_BUILD_ID-}${GITHUB_ACTIONS-}${GITLAB_CI-}${BUILDKITE-}${JENKINS_URL-} in
  ?*) v_members=$(printf '%s' "$v_context" | awk -v auto="$v_auto_context" "$CONTEXT_WRITER$UTF8_READER") ;;
  esac
  [ -z "$v_members" ] || v_body="$v_body,\"context\":{$v_members}"
  v_body="$v_body}"
}

# parse_duration TEXT: a number of seconds, or a number followed by s, m or h. The service knows
# the real limits.
parse_duration() {
  case $1 in
  *s) v_duration=${1%s} v_duration_unit=1 ;;
  *m) v_duration=${1%m} v_duration_unit=60 ;;
  *h) v_duration=${1%h} v_duration_unit=3600 ;;
  *) v_duration=$1 v_duration_unit=1 ;;
  esac
  is_number "$v_duration" && [ "${#v_duration}" -le 5 ] ||
    usage_error 'a duration is a number of seconds, or a number with m or h: 3600, 60m, 1h'
  v_duration=$((v_duration * v_duration_unit))
  [ "$v_duration" -ge 900 ] && [ "$v_duration" -le 43200 ] || usage_error 'a duration is from 15m to 12h (a grant allows at most 1h)'
}
