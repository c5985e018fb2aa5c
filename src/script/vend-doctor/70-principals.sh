# ---------------------------------------------------------------- who could go past the service

# The actions of policies/service-control-policy.json, by what they are done to.
INVOKE_ACTIONS='lambda:InvokeFunction lambda:InvokeFunctionUrl lambda:InvokeAsync'
FUNCTION_ACTIONS='lambda:AddPermission lambda:CreateAlias lambda:CreateFunction lambda:CreateFunctionUrlConfig
lambda:DeleteAlias lambda:DeleteFunction lambda:DeleteFunctionUrlConfig lambda:PublishVersion
lambda:PutFunctionCodeSigningConfig lambda:PutFunctionEventInvokeConfig lambda:PutRuntimeManagementConfig
lambda:RemovePermission lambda:UpdateAlias lambda:UpdateFunctionCode lambda:UpdateFunctionCodeSigningConfig
lambda:UpdateFunctionConfiguration lambda:UpdateFunctionEventInvokeConfig lambda:UpdateFunctionUrlConfig'
SOURCE_ACTIONS='lambda:CreateEventSourceMapping lambda:UpdateEventSourceMapping'
API_ACTIONS='apigateway:DELETE apigateway:PATCH apigateway:POST apigateway:PUT apigateway:UpdateRestApiPolicy'
STACK_ACTIONS='cloudformation:CancelUpdateStack cloudformation:ContinueUpdateRollback
cloudformation:CreateChangeSet cloudformation:DeleteStack cloudformation:ExecuteChangeSet
cloudformation:RollbackStack cloudformation:SetStackPolicy cloudformation:UpdateStack'
ALARM_ACTIONS='cloudwatch:DeleteAlarms cloudwatch:DisableAlarmActions cloudwatch:PutMetricAlarm'
TABLE_ACTIONS='dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:DisableKinesisStreamingDestination
dynamodb:EnableKinesisStreamingDestination dynamodb:PutResourcePolicy dynamodb:UpdateContinuousBackups
dynamodb:UpdateKinesisStreamingDestination dynamodb:UpdateTable dynamodb:UpdateTimeToLive'
ROLE_ACTIONS='iam:AttachRolePolicy iam:CreateRole iam:DeleteRole iam:DeleteRolePermissionsBoundary
iam:DeleteRolePolicy iam:DetachRolePolicy iam:PassRole iam:PutRolePermissionsBoundary iam:PutRolePolicy
iam:UpdateAssumeRolePolicy iam:UpdateRole'
LOG_ACTIONS='logs:DeleteLogGroup logs:DeleteLogStream logs:PutRetentionPolicy'
SCHEDULE_ACTIONS='scheduler:DeleteSchedule scheduler:UpdateSchedule'
MACHINE_ACTIONS='states:DeleteStateMachine states:StopExecution states:UpdateStateMachine'
DELIVERY_ACTIONS='firehose:DeleteDeliveryStream firehose:UpdateDestination'
STREAM_ACTIONS='kinesis:DecreaseStreamRetentionPeriod kinesis:DeleteStream kinesis:PutResourcePolicy
kinesis:StartStreamEncryption'
BUCKET_ACTIONS='s3:DeleteBucketPolicy s3:PutBucketObjectLockConfiguration s3:PutBucketPolicy
s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:PutReplicationConfiguration'

ALLOWED_ACTIONS="EvaluationResults[?EvalDecision=='allowed' || ResourceSpecificResults[?EvalResourceDecision=='allowed']].EvalActionName"

check_principals() {
  make_groups
  v_principals=
  ask iam list-users --query 'Users[].Arn' || {
    unanswered principals
    return 0
  }
  into "$v_folder/principals" elements '' .
  ask iam list-roles --query 'Roles[].Arn' || {
    unanswered principals
    return 0
  }
  # Nobody can become a service-linked role, and its policy is AWS's (IAM User Guide,
  # "Service-linked roles").
  elements '' . | onto "$v_folder/principals" awk '!/:role\/aws-service-role\//' || exit 1
  unknown_accepted
  own_roles
  v_count=$(awk 'END { print NR }' "$v_folder/principals")
  v_done=0 v_found=0 v_accepted_n=0 v_unasked=0
  while [ "$v_done" -lt "$v_count" ] && [ "$v_done" -lt "$v_most" ] && read -r v_principal <&3; do
    v_done=$((v_done + 1))
    principal_progress
    check_principal || {
      v_unasked=$((v_unasked + 1))
      v_unasked_why="$v_principal: ${v_code:+$v_code: }$v_message"
      # The next question would be refused, too.
      ! is_denied && [ "$v_unasked" -lt 10 ] || break
    }
  done 3<"$v_folder/principals"
  end_principals
  v_told="$v_done of $v_count users and roles were checked: $v_accepted_n left out by --accept, $v_found could go past the service"
  if [ "$v_unasked" != 0 ]; then
    not_checked principals "$v_told; AWS did not answer about $v_unasked, at last about $v_unasked_why"
  elif [ "$v_done" -lt "$v_count" ]; then
    not_checked principals "$v_told; --limit leaves out the rest"
  else
    passed principals "$v_told. IAM's simulator does not know the root user, resource policies (the functions' are checked above) and resource control policies"
  fi
}

# check_principal: fails if AWS does not answer.
check_principal() {
  is_principal_arn "$v_principal" || {
    failed principal "a name has unexpected characters: $v_principal" 'look at this user or role yourself'
    return 0
  }
  case $NL$v_accepted in
  *"$NL$v_principal$NL"*)
    v_accepted_n=$((v_accepted_n + 1))
    return 0
    ;;
  esac
  # All at once first, since most may do none of this. An action is then also tried on resources of other
  # services, so whoever is found is asked about again, service by service.
  if simulate "$v_all_actions" "$v_all_resources"; then
    [ -n "$v_allowed" ] || return 0
  else
    case $v_code in
    # Deleted since it was listed.
    NoSuchEntity*) return 0 ;;
    ValidationError | InvalidInput*) ;;
    *) return 1 ;;
    esac
  fi
  v_may=
  for v_group in $v_groups; do
    take_group "$v_group"
    simulate "$v_actions" "$v_group_resources" || return 1
    v_may=$v_may$v_allowed
  done
  own_powers || return 1
  case $v_may in *[!"$NL"]*) ;; *) return 0 ;; esac
  v_found=$((v_found + 1))
  v_may=$(printf '%s' "$v_may" | awk '
    $0 != "" && !seen[$0]++ { if (++n <= 6) printf "%s%s", comma, $0; comma = ", " }
    END { if (n > 6) printf " and %d more", n - 6 }')
  v_deny="deny it these (policies/service-control-policy.json), or if it may do them: --accept $v_principal"
  ! is_own || v_deny='it is a role of the stack and needs none of this: find out who gave it this (CloudTrail, PutRolePolicy, AttachRolePolicy)'
  failed principal "$v_principal could go past the service: $v_may" "$v_deny"
}

# simulate ACTIONS RESOURCES: leaves the actions that $v_principal may do in $v_allowed, one a line.
# The simulator evaluates service control policies with their condition keys (AWS CLI reference,
# simulate-custom-policy), and ours names the caller by aws:PrincipalArn.
simulate() {
  v_allowed=
  v_context_json="[{\"ContextKeyName\":\"aws:PrincipalArn\",\"ContextKeyType\":\"string\",\"ContextKeyValues\":[\"$v_principal\"]}"
  v_context_json="$v_context_json,{\"ContextKeyName\":\"lambda:FunctionArn\",\"ContextKeyType\":\"string\",\"ContextKeyValues\":[\"$v_vend_function\"]}]"
  # shellcheck disable=SC2086 # actions and checked ARNs, without blanks
  ask iam simulate-principal-policy --policy-source-arn "$v_principal" --action-names $1 \
    --resource-arns $2 --context-entries "$v_context_json" --query "$ALLOWED_ACTIONS" || return 1
  v_allowed=$(elements '' . | sort -u)
  [ -z "$v_allowed" ] || v_allowed=$v_allowed$NL
}

# own_roles: the roles of the stack, in $v_own.
own_roles() {
  v_own=$(printf '%s' "$v_resources" | awk -F '\t' '$3 == "AWS::IAM::Role" { print $2 "\t" $1 }')$NL
}

# is_own: whether $v_principal is a role of the stack; leaves its logical ID in $v_value.
is_own() {
  lookup "$v_own" "${v_principal#"arn:$v_partition:iam::$v_account:role/"}"
}

# own_powers: takes from $v_may what a role of the stack needs. Fails if AWS does not answer.
own_powers() {
  is_own || return 0
  case $v_value in
  ReprobeMachineRole) needs '^(lambda:InvokeFunction|states:StopExecution)$' reprobe settle ;;
  WatchTimerRole) needs '^lambda:InvokeFunction$' watch ;;
  esac
}

# needs ACTIONS FUNCTION...: takes the actions from $v_may, unless the role may invoke another function.
needs() {
  v_may=$(printf '%s' "$v_may" | awk -v needed="$1" '$0 !~ needed')$NL
  shift
  v_group_resources=
  for v_suffix in vend admin audit reprobe settle watch; do
    case " $* " in *" $v_suffix "*) continue ;; esac
    function_arns "$v_suffix"
  done
  simulate lambda:InvokeFunction "$v_group_resources" || return 1
  v_may=$v_may$v_allowed
}

# unknown_accepted: an ARN that nobody has is most likely a typing error.
unknown_accepted() {
  v_left=$v_accepted
  while [ -n "$v_left" ]; do
    v_one=${v_left%%"$NL"*}
    v_left=${v_left#*"$NL"}
    awk -v arn="$v_one" '$0 == arn { found = 1 } END { exit !found }' "$v_folder/principals" ||
      say "no user or role has the ARN of --accept $v_one"
  done
}

principal_progress() {
  if [ -t 2 ]; then
    printf '\rvend: user or role %s of %s' "$v_done" "$v_count" >&2
  elif [ "$((v_done % 100))" = 0 ]; then
    say "user or role $v_done of $v_count"
  fi
}

end_principals() {
  [ ! -t 2 ] || printf '\r\033[K' >&2
}
