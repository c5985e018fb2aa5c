# ---------------------------------------------------------------- the AWS CLI

# @awk element-reader

# @awk policy-judge

# ask SERVICE OPERATION ARGUMENT...: asks AWS and leaves the answer in $v_flat. Fails with the code
# and the message of the refusal in $v_code and $v_message.
ask() {
  v_operation="$1 $2"
  note "aws $v_operation"
  if [ -n "$v_alive" ]; then ask_aws "$@"; else mortal ask_aws "$@"; fi
  named_values
  v_code=
  v_message=
  [ "$v_aws_exit" != 0 ] || {
    field json || :
    case $v_value in
    # Some operations print nothing when they succeed.
    ok | 'unexpected end, byte 1') return 0 ;;
    esac
    v_message="the AWS CLI's answer can't be read: $v_value"
    return 1
  }
  v_message=$(tr -c ' -~' ' ' <"$v_folder/aws-error" | head -c 2000)
  case $v_message in
  *'An error occurred ('*') when calling '*': '*)
    v_message=${v_message#*'An error occurred ('}
    v_code=${v_message%%')'*}
    v_message=${v_message#*') when calling '}
    v_message=${v_message#*': '}
    case $v_code in *[!A-Za-z0-9.]*) v_code=unknown ;; esac
    ;;
  esac
  return 1
}

ask_aws() {
  echo 1 >"$v_folder/aws-exit" && : >"$v_folder/aws-error" || no_room
  v_flat=$NL$(
    exec 8>&-
    # Neither may wait for a key.
    export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off
    {
      watched run_aws "$@" ${v_region:+"--region=$v_region"} --output json 2>"$v_folder/aws-error"
      printf '%s\n' "$?" >"$v_folder/aws-exit"
    } | head -c "$AWS_BYTES" | read_json
  )$NL
  read -r v_aws_exit <"$v_folder/aws-exit" || :
}

# unanswered ID: a check that could not be made, with the reason of the last question.
unanswered() {
  if is_denied; then
    not_checked "$1" "your credentials may not ask ($v_operation): $v_message"
  else
    not_checked "$1" "$v_operation: ${v_code:+$v_code: }${v_message:-the AWS CLI failed}"
  fi
}

is_denied() {
  case $v_code in *AccessDenied* | UnauthorizedOperation | AuthorizationError | Forbidden*) return 0 ;; esac
  return 1
}

# refused_by: which policy refused the last attempt, in $v_refuser: service, scp, other, or empty if
# it was not refused for lack of permission. IAM User Guide, "Troubleshoot access denied error
# messages": an explicit deny names the type of the policy; of several types, only one is named.
refused_by() {
  v_refuser=
  is_denied || return 0
  case $(printf '%s' "$v_message" | tr '[:upper:]' '[:lower:]') in
  *'service control policy'*) v_refuser=scp ;;
  *'explicit deny in a resource-based policy'*) v_refuser=service ;;
  *) v_refuser=other ;;
  esac
}

# elements PATH COLUMNS: prints the elements of a list in the answer.
elements() {
  printf '%s' "$v_flat" | awk -v AT="$1" -v COLUMNS="$2" "$ELEMENT_READER"
}

# lookup TABLE KEY: the second column of the row with this key, in $v_value.
lookup() {
  v_value=
  case $NL$1 in
  *"$NL$2$TAB"*) ;;
  *) return 1 ;;
  esac
  v_value=$NL$1
  v_value=${v_value#*"$NL$2$TAB"}
  v_value=${v_value%%["$NL$TAB"]*}
}

# judge MODE NAME=VALUE...: compares the policy in $v_flat with what the template makes, and leaves
# what is wrong in $v_faults.
judge() {
  v_judge_mode=$1
  shift
  set -- -v "MODE=$v_judge_mode" "$@"
  v_faults=$(printf '%s' "$v_flat" | awk "$@" "$POLICY_JUDGE" | head -n 5 | awk '{ printf "%s%s", comma, $0; comma = "; " }')
}

# policy_text TEXT: reads a policy that an answer has as text into $v_flat. API Gateway's text is
# escaped as in a JSON string.
policy_text() {
  v_policy_text=$1
  case $v_policy_text in
  '{\"'*)
    v_flat=$NL$(printf '"%s"' "$v_policy_text" | read_json)$NL
    named_values
    text '' || :
    v_policy_text=$v_value
    ;;
  esac
  v_flat=$NL$(printf '%s' "$v_policy_text" | read_json)$NL
  named_values
  field json && [ "$v_value" = ok ]
}

# is_principal_arn ARN: of a role or user, as IAM has it.
is_principal_arn() {
  is_arn "$1" || return 1
  case $1 in
  arn:aws*:iam::????????????:role/?* | arn:aws*:iam::????????????:user/?*) return 0 ;;
  esac
  return 1
}

# is_name TEXT: a name that AWS gives or takes. Anything else could be an option of the AWS CLI, or
# the name of a file for it to read (file://).
is_name() {
  case $1 in
  '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_.-]*) return 1 ;;
  esac
  [ "${#1}" -le 255 ]
}

is_arn() {
  case $1 in
  *[!A-Za-z0-9+=,.@_/:-]*) return 1 ;;
  arn:*:*:*:*:?*) ;;
  *) return 1 ;;
  esac
  [ "${#1}" -le 2048 ]
}
