# ---------------------------------------------------------------- the stack

OUTPUTS='DashboardName VendUrl CredentialsRouteArn RolesRouteArn VendorAccountId VendorRoleArn
VendorRoleUniqueId CallerPolicyArn AdministratorPolicyArn AuditorPolicyArn AllowListTableName AuditTableName'
UPDATE='update the stack to the release that this vend is from (sam deploy)'

# check_stack: reads the stack into $v_outputs, $v_parameters and $v_resources, which stays empty if
# it can't be read.
check_stack() {
  v_account=unknown v_outputs='' v_parameters='' v_resources='' v_own=''
  ask sts get-caller-identity || {
    unanswered account
    return 0
  }
  text /Arn || :
  v_me=$v_value
  text /Account && is_account "$v_value" || die "the AWS CLI's answer names no account"
  v_account=$v_value
  v_partition=${v_me#arn:}
  v_partition=${v_partition%%:*}
  passed account "$v_me in $v_account"
  ask cloudformation describe-stacks --stack-name "$v_stack" || {
    case $v_message in
    *'does not exist'*) failed stack "$v_message" 'name the stack and its region: --stack NAME --region REGION' ;;
    *) unanswered stack ;;
    esac
    return 0
  }
  v_stack_id=$(elements /Stacks StackId)
  is_arn "$v_stack_id" || die "the AWS CLI's answer has no ARN of the stack"
  v_region=${v_stack_id#arn:*:*:}
  v_region=${v_region%%:*}
  v_stack_status=$(elements /Stacks StackStatus)
  v_outputs=$(elements /Stacks/0/Outputs 'OutputKey OutputValue')$NL
  v_parameters=$(elements /Stacks/0/Parameters 'ParameterKey ParameterValue')$NL
  case $v_stack_status in
  CREATE_COMPLETE | UPDATE_COMPLETE | IMPORT_COMPLETE) passed stack "$v_stack is $v_stack_status" ;;
  *_IN_PROGRESS) failed stack "$v_stack is $v_stack_status" 'wait for the deployment to end, then run this again' ;;
  *) failed stack "$v_stack is $v_stack_status" "see why in its events (aws cloudformation describe-stack-events --stack-name $v_stack), then deploy again" ;;
  esac
  ask cloudformation list-stack-resources --stack-name "$v_stack" || {
    unanswered resources
    return 0
  }
  # Without what an update has removed, or left behind.
  v_resources=$(elements /StackResourceSummaries 'LogicalResourceId PhysicalResourceId ResourceType ResourceStatus' |
    awk -F '\t' '$4 !~ /^DELETE_/')$NL
  check_outputs
  check_stack_policy
}

check_outputs() {
  v_missing_outputs=
  for v_output in $OUTPUTS; do
    lookup "$v_outputs" "$v_output" || v_missing_outputs="$v_missing_outputs $v_output"
  done
  if [ -n "$v_missing_outputs" ]; then
    failed outputs "missing:$v_missing_outputs" "$UPDATE"
    return 0
  fi
  lookup "$v_outputs" VendorAccountId
  [ "$v_value" = "$v_account" ] || {
    failed outputs "VendorAccountId is $v_value, and your credentials are of $v_account" "use credentials of the vendor's account"
    return 0
  }
  passed outputs 'all are there'
}

check_stack_policy() {
  ask cloudformation get-stack-policy --stack-name "$v_stack" || {
    unanswered stack-policy
    return 0
  }
  v_set_policy="aws cloudformation set-stack-policy --stack-name $v_stack --stack-policy-body file://policies/stack-policy.json"
  if ! text /StackPolicyBody; then
    failed stack-policy 'the stack has none: an update may replace the vendor role' "$v_set_policy"
    return 0
  fi
  policy_text "$v_value" || {
    not_checked stack-policy 'it is not JSON'
    return 0
  }
  judge stack -v 'NEVER=VendorRole AllowListTable AuditTable'
  if [ -n "$v_faults" ]; then failed stack-policy "$v_faults" "$v_set_policy"; else
    passed stack-policy 'no update may replace or delete the vendor role and the tables'
  fi
}

# resource CHECK LOGICAL_ID: the name that AWS gave a resource, in $v_value. Fails, with a line for
# the check, if the stack does not have it.
resource() {
  lookup "$v_resources" "$2" && [ -n "$v_value" ] || {
    failed "$1" "the stack has no $2" "$UPDATE"
    return 1
  }
  is_name "$v_value" || is_arn "$v_value" || {
    not_checked "$1" "the name of $2 has unexpected characters"
    return 1
  }
}

# parameter NAME: its value, in $v_value; empty if the stack does not have it.
parameter() {
  lookup "$v_parameters" "$1" || :
}

# service_role NAME: the ARN of a role of the stack.
service_role() {
  v_service_role=arn:$v_partition:iam::$v_account:role/$1
}
