# ---------------------------------------------------------------- a probe, a vend, and what must be refused

check_probe() {
  [ -n "$v_probe_role" ] || {
    left_out probe 'without --probe ROLE_ARN, nothing is called through the API and nothing is attempted'
    return 0
  }
  [ -n "$v_url" ] || {
    lookup "$v_outputs" VendUrl || {
      failed probe 'the stack has no output VendUrl' "$UPDATE"
      return 0
    }
    v_url=$v_value
  }
  v_fault=$(try_caller 2>&1 >/dev/null) || {
    not_checked probe "$(printf '%s' "$v_fault" | tr '\n' ' ')"
    return 0
  }
  v_row='' v_sort=''
  run_probe
  run_vend
  attempt_insert
  attempt_writes audit AuditTable
  attempt_writes allow-list AllowListTable
  attempt_test
}

# try_caller: finding the caller ends the script if there is none, so it is tried in a subshell; in
# one without the folder, which it would remove when it ends.
try_caller() {
  v_folder=
  find_endpoint
  find_caller
}

# request PATH BODY: calls the API. Fails, with the reason in $v_message, if the answer is not a 200
# of the service.
request() {
  v_expected=any
  call "$1" "$2"
  v_expected=
  field json || :
  v_message=
  case $v_curl_exit:$v_status:$v_type:$v_value in
  0:200:application/json:ok) return 0 ;;
  0:200:*) v_message="the answer can't be read: $v_type, $v_value" ;;
  0:*)
    text /detail || text /message || :
    v_message="HTTP $v_status: $v_value"
    text /code || :
    v_message="$v_message${v_value:+ ($v_value)}"
    ;;
  *) v_message=$(outcome) ;;
  esac
  return 1
}

# not_called ID ROUTE POLICY: a call of the API that was refused or failed.
not_called() {
  text /code || :
  case $v_status:$v_value in
  403:access_denied) not_checked "$1" "your credentials for the API may not call $2: attach $3, or give others with --as" ;;
  403:forbidden)
    text /vendId || :
    not_checked "$1" "$2 refused it: see why with vend why $v_value; is the role verified, and do you have a grant?"
    ;;
  *) failed "$1" "$2: $v_message" 'docs/operations.md says what to do by the alarm that this raises' ;;
  esac
}

run_probe() {
  request /probes "{\"roleArn\":\"$v_probe_role\"}" || {
    not_called probe /probes AdministratorPolicyArn
    return 0
  }
  text /probeId && is_vend_id "$v_value" || {
    failed probe 'the answer has no probeId' "$UPDATE"
    return 0
  }
  v_probe_id=$v_value
  field /passed || :
  if [ "$v_value" = true ]; then
    passed probe "$v_probe_role is safe ($v_probe_id)"
  else
    failed probe "$v_probe_role did not pass ($v_probe_id)" "vend client verify $v_probe_role says what the client must change"
  fi
  read_back probe-record "$v_probe_id" probe
}

run_vend() {
  is_role_arn "$v_probe_role"
  request /credentials "{\"roleArn\":\"$v_probe_role\",\"durationSeconds\":900,\"context\":{\"purpose\":\"vend doctor\"}}" || {
    not_called vend /credentials CallerPolicyArn
    return 0
  }
  v_vend_id=
  v_wrong=
  take_issued || :
  # Nobody uses them.
  v_issued_secret='' v_issued_token='' v_flat='' v_named='' v_value=''
  [ -z "$v_wrong" ] || {
    failed vend "the answer can't be trusted: its $v_wrong is missing or malformed" 'see what is between you and the service'
    return 0
  }
  passed vend "credentials of $v_probe_role were issued until $v_issued_until, and dropped ($v_vend_id)"
  read_back vend-records "$v_vend_id" 'intent outcome'
}

# read_back CHECK ID KINDS: the records of a request, strongly consistent.
read_back() {
  lookup "$v_resources" AuditTable && is_name "$v_value" || {
    failed "$1" 'the stack has no AuditTable' "$UPDATE"
    return 0
  }
  ask dynamodb query --table-name "$v_value" --consistent-read --key-condition-expression 'pk = :id' \
    --expression-attribute-values "{\":id\":{\"S\":\"$2\"}}" || {
    unanswered "$1"
    return 0
  }
  v_kinds=$(elements /Items sk/S)
  for v_kind in $3; do
    case $NL$v_kinds$NL in
    *"$NL$v_kind$NL"*) ;;
    *)
      failed "$1" "the audit has no $v_kind of $2" 'stop vending (vend stop), and see the log of the vending function'
      return 0
      ;;
    esac
    v_row=$2
    v_sort=$v_kind
  done
  passed "$1" "the audit has them"
}
