# ---------------------------------------------------------------- tables

check_tables() {
  resource vendor-role VendorRole || return 0
  service_role "$v_value"
  v_vendor_arn=$v_service_role
  resource admin-role AdminRole || return 0
  service_role "$v_value"
  v_admin_arn=$v_service_role
  resource mine-role MineRole || return 0
  service_role "$v_value"
  v_mine_arn=$v_service_role
  v_own=$v_mine_arn v_prober=
  check_table allow-list AllowListTable expiresAt \
    'dynamodb:UpdateItem dynamodb:BatchWriteItem dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete dynamodb:DeleteTable' \
    'dynamodb:PutItem dynamodb:DeleteItem' "$v_admin_arn $v_mine_arn"
  v_own='' v_prober=$v_vendor_arn
  check_table audit AuditTable ttl \
    'dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLUpdate dynamodb:PartiQLDelete dynamodb:DeleteTable' \
    'dynamodb:PartiQLInsert' "$v_vendor_arn $v_admin_arn $v_mine_arn"
}

# check_table NAME LOGICAL_ID ATTRIBUTE NEVER ONLY ROLES: ATTRIBUTE is when rows expire; NEVER are
# the actions that its policy denies to all, ONLY those that it denies to all but the ROLES.
check_table() {
  resource "$1-table" "$2" || return 0
  v_table=$v_value
  is_name "$v_table" || {
    not_checked "$1-table" 'its name has unexpected characters'
    return 0
  }
  v_table_arn=arn:$v_partition:dynamodb:$v_region:$v_account:table/$v_table
  table_state "$1"
  table_policy "$1" "$4" "$5" "$6"
  table_backups "$1"
  table_expiry "$1" "$3"
}

table_state() {
  ask dynamodb describe-table --table-name "$v_table" || {
    unanswered "$1-table"
    return 0
  }
  text /Table/TableStatus || :
  v_state=$v_value
  field /Table/DeletionProtectionEnabled || :
  case $v_state:$v_value in
  ACTIVE:true | UPDATING:true) passed "$1-table" "$v_table is $v_state and protected from deletion" ;;
  ACTIVE:* | UPDATING:*)
    failed "$1-table" "$v_table is not protected from deletion" \
      "aws dynamodb update-table --table-name $v_table --deletion-protection-enabled, and find out who switched it off (CloudTrail, UpdateTable)"
    ;;
  *) failed "$1-table" "$v_table is $v_state" 'see what happens to it in CloudTrail' ;;
  esac
}

table_policy() {
  v_put_policy="give the table the policy that the template has: aws dynamodb put-resource-policy --resource-arn $v_table_arn --policy POLICY; find out who changed it (CloudTrail, PutResourcePolicy, DeleteResourcePolicy)"
  ask dynamodb get-resource-policy --resource-arn "$v_table_arn" || {
    case $v_code in
    PolicyNotFoundException) failed "$1-policy" "$v_table has no resource policy: whoever may write items can change it past the service" "$v_put_policy" ;;
    *) unanswered "$1-policy" ;;
    esac
    return 0
  }
  text /Policy && policy_text "$v_value" || {
    not_checked "$1-policy" 'the answer has no policy that can be read'
    return 0
  }
  judge table -v "NEVER=$2" -v "ONLY=$3" -v "ROLES=$4" -v "ARN=$v_table_arn" -v "OWN=$v_own" -v "PROBER=$v_prober"
  if [ -n "$v_faults" ]; then failed "$1-policy" "$v_table: $v_faults" "$v_put_policy"; else
    passed "$1-policy" "$v_table: nobody but the service's roles writes items"
  fi
}

table_backups() {
  ask dynamodb describe-continuous-backups --table-name "$v_table" || {
    unanswered "$1-backups"
    return 0
  }
  text /ContinuousBackupsDescription/PointInTimeRecoveryDescription/PointInTimeRecoveryStatus || :
  case $v_value in
  ENABLED) passed "$1-backups" "$v_table can be restored to any second of its last days" ;;
  *)
    failed "$1-backups" "point-in-time recovery of $v_table is ${v_value:-not on}" \
      "aws dynamodb update-continuous-backups --table-name $v_table --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
    ;;
  esac
}

table_expiry() {
  ask dynamodb describe-time-to-live --table-name "$v_table" || {
    unanswered "$1-expiry"
    return 0
  }
  text /TimeToLiveDescription/TimeToLiveStatus || :
  v_state=$v_value
  text /TimeToLiveDescription/AttributeName || :
  case $v_state:$v_value in
  "ENABLED:$2" | "ENABLING:$2") passed "$1-expiry" "rows of $v_table expire by $2" ;;
  *)
    failed "$1-expiry" "rows of $v_table expire by ${v_value:-nothing} (${v_state:-no answer}), not by $2" \
      "aws dynamodb update-time-to-live --table-name $v_table --time-to-live-specification Enabled=true,AttributeName=$2; another attribute must be disabled first"
    ;;
  esac
}
