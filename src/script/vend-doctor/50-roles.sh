# ---------------------------------------------------------------- roles

check_roles() {
  v_function_arns=
  for v_suffix in vend admin audit mine reprobe settle watch; do
    v_function_arn=arn:$v_partition:lambda:$v_region:$v_account:function:$v_stack-$v_suffix
    v_function_arns="$v_function_arns $v_function_arn $v_function_arn:* $v_function_arn:live"
  done
  check_role vendor-role VendorRole
  check_role admin-role AdminRole
  check_role audit-role AuditRole
  check_role mine-role MineRole
}

# check_role NAME LOGICAL_ID
check_role() {
  resource "$1" "$2" || return 0
  v_role_name=$v_value
  ask iam get-role --role-name "$v_role_name" || {
    case $v_code in
    NoSuchEntity*)
      failed "$1" "$v_role_name does not exist" "$(gone_role "$1")"
      ;;
    *) unanswered "$1" ;;
    esac
    return 0
  }
  [ "$1" != vendor-role ] || vendor_role_id
  judge trust -v AT=/Role/AssumeRolePolicyDocument -v SERVICE=lambda.amazonaws.com
  if [ -n "$v_faults" ]; then
    failed "$1-trust" "$v_role_name: $v_faults" \
      "find out who changed the trust policy (CloudTrail, UpdateAssumeRolePolicy), and set it back: lambda.amazonaws.com alone"
  else
    passed "$1-trust" "Lambda alone may assume $v_role_name"
  fi
  role_powers "$1"
}

gone_role() {
  case $1 in
  vendor-role) printf '%s' 'create it again by a deployment; it gets a new unique ID, so each client must deploy client-role.yaml again' ;;
  *) printf '%s' 'find out who deleted it (CloudTrail, DeleteRole), and create it again' ;;
  esac
}

# vendor_role_id: clients trust the unique ID, which IAM stores instead of the ARN (IAM User Guide,
# "AWS JSON policy elements: Principal").
vendor_role_id() {
  text /Role/RoleId || :
  v_role_id=$v_value
  lookup "$v_outputs" VendorRoleUniqueId || {
    failed vendor-role-id 'the stack has no output VendorRoleUniqueId to compare with' "$UPDATE"
    return 0
  }
  if [ "$v_value" = "$v_role_id" ]; then
    passed vendor-role-id "$v_role_name is still $v_role_id, which clients trust"
  else
    failed vendor-role-id "$v_role_name is $v_role_id, and was $v_value when clients put it into their trust policies: it was deleted and created again" \
      'each client must deploy client-role.yaml again, then verify it: vend client verify ACCOUNT'
  fi
}

# role_powers NAME: the role has the stack's own policy and no other.
role_powers() {
  ask iam list-attached-role-policies --role-name "$v_role_name" || {
    unanswered "$1-powers"
    return 0
  }
  v_others=$(elements /AttachedPolicies PolicyArn)
  ask iam list-role-policies --role-name "$v_role_name" || {
    unanswered "$1-powers"
    return 0
  }
  v_others=$(
    {
      printf '%s\n' "$v_others"
      elements /PolicyNames .
    } | awk '$0 != "" && $0 != "service" { printf "%s%s", comma, $0; comma = ", " }'
  )
  [ -z "$v_others" ] || {
    failed "$1-powers" "$v_role_name has policies that the stack did not make: $v_others" 'remove them, and find out who added them (CloudTrail, AttachRolePolicy, PutRolePolicy)'
    return 0
  }
  ask iam get-role-policy --role-name "$v_role_name" --policy-name service || {
    case $v_code in
    NoSuchEntity*) failed "$1-powers" "$v_role_name has no policy named service" "$UPDATE" ;;
    *) unanswered "$1-powers" ;;
    esac
    return 0
  }
  judge powers -v AT=/PolicyDocument -v "FUNCTIONS=${v_function_arns# }"
  if [ -n "$v_faults" ]; then
    failed "$1-powers" "$v_role_name: $v_faults" "$UPDATE; if the template is this release's, find out who changed the policy (CloudTrail, PutRolePolicy)"
  else
    passed "$1-powers" "what $v_role_name may do holds in this stack's functions only"
  fi
}
