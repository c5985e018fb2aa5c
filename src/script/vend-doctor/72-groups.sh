# ---------------------------------------------------------------- what it could be done to

# make_groups: lists what there is, in $v_groups, and all actions and resources together.
make_groups() {
  v_vend_function=arn:$v_partition:lambda:$v_region:$v_account:function:$v_stack-vend
  v_groups='functions sources api stack alarm tables roles logs schedule machine'
  case $v_evidence_days in '' | 0) ;; *) v_groups="$v_groups delivery stream bucket" ;; esac
  v_all_actions='' v_all_resources='' v_usable=''
  for v_group in $v_groups; do
    take_group "$v_group"
    [ -n "$v_group_resources" ] || continue
    v_usable="$v_usable $v_group"
    v_all_actions="$v_all_actions $v_actions"
    [ "$v_group" = sources ] || v_all_resources="$v_all_resources $v_group_resources"
  done
  v_groups=$v_usable
}

# take_group NAME: its actions, in $v_actions, and ARNs, in $v_group_resources.
take_group() {
  v_group_resources=
  v_here=$v_region:$v_account
  case $1 in
  functions)
    v_actions="$INVOKE_ACTIONS $FUNCTION_ACTIONS"
    for v_suffix in vend admin audit reprobe settle watch; do
      function_arns "$v_suffix"
    done
    ;;
  sources)
    # Granted on all resources; the function is in the context (lambda:FunctionArn).
    v_actions=$SOURCE_ACTIONS
    v_group_resources='*'
    ;;
  api)
    v_actions=$API_ACTIONS
    [ -z "$v_api" ] || {
      v_prefix=arn:$v_partition:apigateway:$v_region::/restapis/$v_api
      group_arn "$v_prefix"
      group_arn "$v_prefix/stages/v1"
      lookup "$v_routes" /roles && group_arn "$v_prefix/resources/$v_value/methods/POST"
    }
    ;;
  stack)
    v_actions=$STACK_ACTIONS
    group_arn "$v_stack_id"
    ;;
  alarm)
    v_actions=$ALARM_ACTIONS
    group_resource AuditFailedAlarm "arn:$v_partition:cloudwatch:$v_here:alarm:"
    ;;
  tables)
    v_actions=$TABLE_ACTIONS
    group_resource AllowListTable "arn:$v_partition:dynamodb:$v_here:table/"
    group_resource AuditTable "arn:$v_partition:dynamodb:$v_here:table/"
    ;;
  roles)
    v_actions=$ROLE_ACTIONS
    for v_role_id in VendorRole AdminRole AuditRole MineRole; do
      group_resource "$v_role_id" "arn:$v_partition:iam::$v_account:role/"
    done
    ;;
  logs)
    v_actions=$LOG_ACTIONS
    for v_log_id in VendLog AdminLog AuditLog MineLog AccessLog; do
      group_resource "$v_log_id" "arn:$v_partition:logs:$v_here:log-group:"
    done
    ;;
  schedule)
    v_actions=$SCHEDULE_ACTIONS
    group_resource WatchTimer "arn:$v_partition:scheduler:$v_here:schedule/default/"
    group_resource ReprobeTimer "arn:$v_partition:scheduler:$v_here:schedule/default/"
    group_resource NewRolesTimer "arn:$v_partition:scheduler:$v_here:schedule/default/"
    ;;
  machine)
    v_actions=$MACHINE_ACTIONS
    group_arn "arn:$v_partition:states:$v_here:stateMachine:$v_stack-reprobe"
    group_arn "arn:$v_partition:states:$v_here:execution:$v_stack-reprobe:run"
    ;;
  delivery)
    v_actions=$DELIVERY_ACTIONS
    group_resource EvidenceDelivery "arn:$v_partition:firehose:$v_here:deliverystream/"
    ;;
  stream)
    v_actions=$STREAM_ACTIONS
    group_resource EvidenceStream "arn:$v_partition:kinesis:$v_here:stream/"
    ;;
  bucket)
    v_actions=$BUCKET_ACTIONS
    group_resource EvidenceBucket "arn:$v_partition:s3:::"
    group_resource EvidenceLanding "arn:$v_partition:s3:::"
    ;;
  esac
}

# function_arns SUFFIX: a function of the stack, and its alias.
function_arns() {
  v_function_arn=arn:$v_partition:lambda:$v_region:$v_account:function:$v_stack-$1
  group_arn "$v_function_arn"
  group_arn "$v_function_arn:live"
}

group_arn() {
  ! is_arn "$1" || v_group_resources="$v_group_resources $1"
}

# group_resource LOGICAL_ID PREFIX: a resource of the stack whose ARN is the prefix and its name.
group_resource() {
  lookup "$v_resources" "$1" && [ -n "$v_value" ] || return 0
  group_arn "$2$v_value"
}
