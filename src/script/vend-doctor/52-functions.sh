# ---------------------------------------------------------------- functions

check_functions() {
  lookup "$v_resources" Api || :
  v_api=$v_value
  case $v_api in *[!a-z0-9]*) v_api= ;; esac
  for v_suffix in Vend Admin Audit Mine Reprobe Settle Watch; do
    case $v_suffix in
    Vend | Admin | Audit | Mine) v_source=arn:$v_partition:execute-api:$v_region:$v_account:$v_api/v1/POST/ ;;
    *) v_source= ;;
    esac
    v_label=$(printf '%s' "$v_suffix" | tr '[:upper:]' '[:lower:]')
    resource "$v_label-alias" "${v_suffix}Function" || continue
    v_function=$v_value
    check_alias "$v_label-alias"
    check_callers "$v_label-callers"
  done
  check_sources
}

# check_alias: what the alias names, and whether it can be called. The stack has one version of each
# function; whoever may move the alias could bring back an old one, or split the calls.
check_alias() {
  ask lambda get-alias --function-name "$v_function" --name live || {
    case $v_code in
    ResourceNotFoundException) failed "$1" "$v_function has no alias live" "$UPDATE" ;;
    *) unanswered "$1" ;;
    esac
    return 0
  }
  text /FunctionVersion || :
  v_version=$v_value
  v_deployed=$(printf '%s' "$v_resources" | awk -F '\t' -v at=":function:$v_function:" '
    $3 == "AWS::Lambda::Version" && (i = index($2, at)) { print substr($2, i + length(at)); exit }')
  if [ "$v_version" != "$v_deployed" ] || { field /RoutingConfig/AdditionalVersionWeights && [ "$v_value" != 0 ]; }; then
    failed "$1" "$v_function:live is version $v_version and maybe others, not the deployed version ${v_deployed:-(none)} alone" \
      "aws lambda update-alias --function-name $v_function --name live --function-version ${v_deployed:-VERSION} --routing-config AdditionalVersionWeights={}, and find out who moved it (CloudTrail, UpdateAlias)"
    return 0
  fi
  ask lambda get-function-configuration --function-name "$v_function" --qualifier live || {
    unanswered "$1"
    return 0
  }
  text /State || :
  v_state=$v_value
  text /StateReason || :
  v_reason=$v_value
  case $v_state in
  Active) passed "$1" "$v_function:live is version $v_version, and Active" ;;
  Inactive)
    failed "$1" "$v_function:live is Inactive: it was not called for two weeks, and calls fail until Lambda has made a new snapshot" \
      'call it and wait some minutes (vend whoami calls the vending function); if it can be idle so long, set SnapStart to false'
    ;;
  Pending) failed "$1" "$v_function:live is Pending" 'wait some minutes, then run this again' ;;
  *) failed "$1" "$v_function:live is ${v_state:-in no state}: $v_reason" 'see the function in the console of Lambda, and deploy again' ;;
  esac
}

# check_callers: the function's own policies, which the simulator does not know: that of the alias,
# and those of the function and its versions, old ones included, which must have none.
check_callers() {
  callers_of "$1" "$v_source" --qualifier live || return 0
  callers_of "$1" '' || return 0
  ask lambda list-versions-by-function --function-name "$v_function" || {
    unanswered "$1"
    return 0
  }
  for v_qualifier in $(elements /Versions Version); do
    # The version that is not published is the function itself.
    ! is_number "$v_qualifier" || callers_of "$1" '' --qualifier "$v_qualifier" || return 0
  done
  if [ -n "$v_source" ]; then
    passed "$1" "the policy of $v_function:live admits this API's stage v1 only, and no version has one"
  else
    passed "$1" "no policy of $v_function, its alias or a version admits anybody"
  fi
}

callers_of() {
  v_callers_check=$1
  v_callers_source=$2
  shift 2
  v_flat=
  ask lambda get-policy --function-name "$v_function" "$@" || {
    case $v_code in
    ResourceNotFoundException) v_flat= ;;
    *)
      unanswered "$v_callers_check"
      return 1
      ;;
    esac
  }
  if [ -z "$v_code" ]; then
    text /Policy && policy_text "$v_value" || {
      not_checked "$v_callers_check" 'the answer has no policy that can be read'
      return 1
    }
  else
    v_flat=
  fi
  judge callers -v "SOURCE=$v_callers_source"
  [ -z "$v_faults" ] || {
    failed "$v_callers_check" "$v_function${2:+:$2}: $v_faults" \
      'remove the statement (aws lambda remove-permission), and find out who added it (CloudTrail, AddPermission); if it is missing, update the stack'
    return 1
  }
}

check_sources() {
  ask lambda list-event-source-mappings || {
    unanswered event-sources
    return 0
  }
  v_found=$(elements /EventSourceMappings 'FunctionArn EventSourceArn UUID' |
    awk -F '\t' -v at=":function:$v_stack-" '
      { i = index($1, at) }
      i && substr($1, i + length(at)) ~ /^(vend|admin|audit|mine|reprobe|settle|watch)(:|$)/ { printf "%s%s from %s (%s)", comma, $1, $2, $3; comma = ", " }')
  if [ -n "$v_found" ]; then
    failed event-sources "an event source calls a function: $v_found" 'delete it (aws lambda delete-event-source-mapping --uuid UUID), and find out who created it'
  else
    passed event-sources 'no event source calls a function'
  fi
}
