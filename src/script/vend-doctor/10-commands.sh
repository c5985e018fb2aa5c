# ---------------------------------------------------------------- commands

command_doctor() {
  v_keep_caller=yes
  v_stack=vended v_accepted='' v_probe_role='' v_most=1000
  v_passed=0 v_failed=0 v_unchecked=0 v_left_out=0
  v_format=table
  # The stack says where its API is; VEND_URL may be that of another.
  v_url=
  each_argument doctor_argument "$@"
  find_region
  missing aws || die "the AWS CLI is required but is not on the PATH"
  make_folder
  into "$v_folder/results" :
  # One pipe for all questions, since making one takes as long as asking.
  mortal check_by_aws
  [ -z "$v_resources" ] || check_probe
  print_results
  [ "$v_failed" = 0 ] || exit 1
  [ "$v_unchecked" = 0 ] || exit 4
}

check_by_aws() {
  check_stack
  [ -n "$v_resources" ] || return 0
  check_tables
  check_roles
  check_functions
  check_api
  check_alarms
  check_evidence
  check_events
  check_principals
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --stack | --accept | --probe | --limit) ;;
  *) return 1 ;;
  esac
}

doctor_argument() {
  case $v_argument in
  --url | --region | --as | --verbose) take_argument ;;
  -h | --help)
    print_help help_doctor
    exit 0
    ;;
  --format)
    case $v_given in table | json) v_format=$v_given ;; *) usage_error '--format is table or json' ;; esac
    ;;
  --stack)
    case $v_given in
    [A-Za-z]*) is_name "$v_given" || usage_error '--stack takes the name of a stack' ;;
    *) usage_error '--stack takes the name of a stack' ;;
    esac
    v_stack=$v_given
    ;;
  --accept)
    is_principal_arn "$v_given" || usage_error "--accept takes the ARN of a role or user, as IAM has it: no session and no wildcard"
    v_accepted=$v_accepted$v_given$NL
    ;;
  --probe)
    is_role_arn "$v_given" || usage_error "--probe takes a client role's ARN"
    v_probe_role=$v_given
    ;;
  --limit)
    is_number "$v_given" && [ "${#v_given}" -le 6 ] || usage_error '--limit takes a number'
    v_most=$v_given
    ;;
  -?*) usage_error "$(printf 'vend doctor has no %.40s' "$v_argument")" ;;
  *) usage_error 'vend doctor takes options only' ;;
  esac
}

# find_region: the region for the AWS CLI, in $v_region. AWS CLI 1 does not read AWS_REGION.
find_region() {
  v_region=${v_api_region:-${AWS_REGION:-${AWS_DEFAULT_REGION:-}}}
  case $v_region in
  -* | *[!a-z0-9-]*) usage_error 'the region must have the form eu-west-1' ;;
  esac
}

# ---------------------------------------------------------------- results

# passed ID TEXT
passed() {
  v_passed=$((v_passed + 1))
  result passed "$1" "$2" ''
}

# failed ID TEXT ACTION: ACTION is what to do.
failed() {
  v_failed=$((v_failed + 1))
  result failed "$1" "$2" "$3"
}

# not_checked ID WHY
not_checked() {
  v_unchecked=$((v_unchecked + 1))
  result not_checked "$1" "$2" ''
}

# left_out ID WHY: not checked because there is nothing to check, or nobody asked for it. It does
# not change the exit code.
left_out() {
  v_left_out=$((v_left_out + 1))
  result not_checked "$1" "$2" ''
}

# result RESULT ID TEXT ACTION: in one line, whatever the texts have in them.
result() {
  v_line=$(printf '%.1500s\001%.1000s' "$3" "$4" | tr '\t\001' ' \t' | tr -c '\t -~' '?')
  v_line=$1$TAB$2$TAB$v_line
  printf '%s\n' "$v_line" >>"$v_folder/results" || no_room
  [ "$v_format" = table ] || return 0
  v_line=${v_line#*"$TAB"*"$TAB"}
  v_action=${v_line##*"$TAB"}
  v_line="$2: ${v_line%"$TAB"*}${v_action:+. To do: $v_action}"
  case $1 in not_checked) v_word='not checked' v_paint=33 ;; failed) v_word=$1 v_paint=31 ;; *) v_word=$1 v_paint=32 ;; esac
  if coloured 1; then v_word=$(printf '\033[%sm%s\033[0m' "$v_paint" "$v_word"); fi
  printf '%s: %s\n' "$v_word" "$v_line" || no_output
}

print_results() {
  if [ "$v_format" = json ]; then
    awk -v stack="$v_stack" -v account="$v_account" -v region="$v_region" -v passed="$v_passed" \
      -v failed="$v_failed" "$RESULT_JSON" "$v_folder/results" | cat || no_output
  fi
  say "$v_stack in $v_account, $v_region: $v_passed passed, $v_failed failed, $((v_unchecked + v_left_out)) not checked"
}

# @awk result-json
