# ---------------------------------------------------------------- alarms

check_alarms() {
  v_alarms=$(printf '%s' "$v_resources" | awk -F '\t' '$3 == "AWS::CloudWatch::Alarm" && $2 ~ /^[A-Za-z0-9][A-Za-z0-9_.-]*$/ { print $2 }')
  [ -n "$v_alarms" ] || {
    failed alarms 'the stack has no alarms' "$UPDATE"
    return 0
  }
  # shellcheck disable=SC2086 # names without blanks, see above
  ask cloudwatch describe-alarms --alarm-names $v_alarms || {
    unanswered alarms
    return 0
  }
  v_described=$(elements /MetricAlarms 'AlarmName ActionsEnabled StateValue AlarmActions/0')$NL
  v_faults=$(printf '%s\n%s' "$v_alarms" "$v_described" | awk -F '\t' '
    NF == 1 { wanted[$1] = 1; next }
    NF > 1 { there[$1] = 1; if ($2 != "true") print $1 " is switched off"; else if ($4 == "") none++ }
    END {
      for (name in wanted) if (!(name in there)) print name " is missing"
      if (none) print none " have no action: nobody is told"
    }' | head -n 5 | awk '{ printf "%s%s", comma, $0; comma = "; " }')
  if [ -n "$v_faults" ]; then
    failed alarms "$v_faults" 'deploy with the ARN of an SNS topic as AlarmTopicArn; for one that was deleted or switched off, find out by whom (CloudTrail, DeleteAlarms, DisableAlarmActions)'
  else
    passed alarms 'all exist and have an action'
  fi
  v_ringing=$(printf '%s' "$v_described" | awk -F '\t' '$3 == "ALARM" { printf "%s%s", comma, $1; comma = ", " }')
  if [ -n "$v_ringing" ]; then
    failed alarm-states "in alarm: $v_ringing" 'docs/operations.md says for each what to do'
  else
    passed alarm-states 'none is in alarm'
  fi
  check_topic
}

# check_topic: an alarm whose topic has no subscriber tells nobody.
check_topic() {
  parameter AlarmTopicArn
  v_topic=$v_value
  [ -n "$v_topic" ] || {
    failed alarm-topic 'AlarmTopicArn is empty' 'deploy with the ARN of an SNS topic that reaches somebody'
    return 0
  }
  is_arn "$v_topic" || {
    not_checked alarm-topic 'AlarmTopicArn is not an ARN'
    return 0
  }
  ask sns get-topic-attributes --topic-arn "$v_topic" || {
    case $v_code in
    NotFound*) failed alarm-topic "$v_topic does not exist" 'create it, or deploy with another AlarmTopicArn' ;;
    *) unanswered alarm-topic ;;
    esac
    return 0
  }
  text /Attributes/SubscriptionsConfirmed || :
  case $v_value in
  '' | 0) failed alarm-topic "$v_topic has no confirmed subscription: it tells nobody" 'subscribe somebody to it, and confirm' ;;
  *) passed alarm-topic "$v_topic has a confirmed subscription" ;;
  esac
}
