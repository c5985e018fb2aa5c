# ---------------------------------------------------------------- attempts

NEVER_IF='attribute_exists(pk) AND attribute_not_exists(pk)'

# attempt_insert: over an existing key, so that it changes nothing even if it is let through.
attempt_insert() {
  [ -n "$v_row" ] || {
    not_checked insert-refused 'there is no record of its own to try it with'
    return 0
  }
  lookup "$v_resources" AuditTable
  v_let_in='' v_unproven=''
  attempt DuplicateItem dynamodb execute-statement \
    --statement "INSERT INTO \"$v_value\" VALUE {'pk':'$v_row','sk':'$v_sort'}"
  attempted insert-refused 'an insert into the audit' audit-policy
}

# attempt_writes NAME LOGICAL_ID: under a condition that nothing fulfils.
attempt_writes() {
  lookup "$v_resources" "$2" && is_name "$v_value" || {
    failed "$1-writes-refused" "the stack has no $2" "$UPDATE"
    return 0
  }
  v_table=$v_value
  v_key='{"pk":{"S":"vend-doctor"},"sk":{"S":"vend-doctor"}}'
  v_let_in='' v_unproven=''
  attempt ConditionalCheckFailed dynamodb update-item --table-name "$v_table" --key "$v_key" \
    --update-expression 'SET vendDoctor = :v' --expression-attribute-values '{":v":{"S":"v"}}' --condition-expression "$NEVER_IF"
  attempt ConditionalCheckFailed dynamodb put-item --table-name "$v_table" --item "$v_key" --condition-expression "$NEVER_IF"
  attempt ConditionalCheckFailed dynamodb delete-item --table-name "$v_table" --key "$v_key" --condition-expression "$NEVER_IF"
  attempted "$1-writes-refused" "an update, a put and a delete in $v_table" "$1-policy"
}

# attempt LET_IN SERVICE OPERATION ARGUMENT...: LET_IN is what the error of a request begins with that
# no policy refused; DynamoDB Local leaves "Exception" out. Notes what happened in $v_let_in or $v_unproven.
attempt() {
  v_let_in_code=$1
  shift
  if ask "$@"; then
    v_let_in="$v_let_in $2"
    return 0
  fi
  refused_by
  case $v_refuser:$v_code in
  service:*) ;;
  scp:*) v_unproven="$2: a service control policy refused it first, so nothing is known of this table's policy" ;;
  other:*) v_unproven="$2: another policy than the table's refused it: $v_message" ;;
  *":$v_let_in_code"*) v_let_in="$v_let_in $2" ;;
  *) v_unproven="$2: ${v_code:+$v_code: }$v_message" ;;
  esac
}

# attempted CHECK WORDS POLICY_CHECK
attempted() {
  if [ -n "$v_let_in" ]; then
    failed "$1" "your credentials were let in with:$v_let_in (nothing was changed)" "see $3"
  elif [ -n "$v_unproven" ]; then
    not_checked "$1" "$v_unproven"
  else
    passed "$1" "the table's policy refused $2"
  fi
}

# attempt_test: API Gateway's test of a method goes past signatures and the API's policy, and names
# the tester as the caller; only routes that read. Lambda must refuse it, since its permission is
# for the stage v1 only.
attempt_test() {
  v_let_in='' v_unproven='' v_by=''
  for v_route in /roles /clients/list; do
    lookup "$v_routes" "$v_route" && [ -n "$v_value" ] || {
      v_unproven="the API's route $v_route was not found"
      continue
    }
    case $v_value in *[!a-z0-9]*) v_unproven="the ID of $v_route has unexpected characters" && continue ;; esac
    test_route "$v_route" "$v_value"
  done
  if [ -n "$v_let_in" ]; then
    failed test-refused "API Gateway's test of a method got an answer from:$v_let_in" 'see vend-callers and admin-callers; update the stack'
  elif [ -n "$v_unproven" ]; then
    not_checked test-refused "$v_unproven"
  else
    passed test-refused "API Gateway's test of a method was refused${v_by:- by Lambda}"
  fi
}

# test_route ROUTE ID
test_route() {
  ask apigateway test-invoke-method --rest-api-id "$v_api" --resource-id "$2" --http-method POST --body '{}' || {
    refused_by
    case $v_refuser in
    scp) v_unproven='a service control policy refused the test, so it is not known whether Lambda would' ;;
    *) v_unproven="$v_operation: ${v_code:+$v_code: }$v_message" ;;
    esac
    return 0
  }
  field /status || :
  v_test_status=$v_value
  text /log || :
  case $v_test_status:$v_value in
  # What API Gateway logs if Lambda refuses it (serverless/serverless#1913, among others).
  500:*'Invalid permissions on Lambda function'*) return 0 ;;
  esac
  # The function's own answer, if the permission let the call in: it refuses every stage but v1.
  text /body || :
  v_flat=$NL$(printf '%s' "$v_value" | read_json)$NL
  named_values
  text /code || :
  case $v_test_status:$v_value in
  40[013]:?*) v_by=" by the function, though Lambda's permission let it in (see vend-callers)" ;;
  200:*) v_let_in="$v_let_in $1" ;;
  *) v_unproven="the test of $1 ended with $v_test_status $v_value, which says nothing" ;;
  esac
}
