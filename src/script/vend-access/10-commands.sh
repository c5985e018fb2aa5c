# ---------------------------------------------------------------- commands

command_access() {
  v_keep_caller=yes
  v_action=list
  case $v_command:${1-} in
  access:review)
    v_action=review
    shift
    ;;
  esac
  access_arguments "$@"
  case $v_command:$v_action in
  access:list) access_list ;;
  access:review) access_review ;;
  why:*) why ;;
  status:*) status ;;
  esac
}

access_arguments() {
  v_members='' v_all='' v_limit='' v_progress='' v_first='' v_second='' v_quiet='' v_since='' v_review_target='' v_review_role=''
  v_format=table
  each_argument access_argument "$@"
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --caller | --role | --account | --client | --since) ;;
  *) return 1 ;;
  esac
}

# A command rejects options that it would ignore.
access_argument() {
  case $v_command:$v_action:$v_argument in
  *:--url | *:--region | *:--as | *:--verbose) take_argument ;;
  *:-h | *:--help)
    print_help help_access "$v_command"
    exit 0
    ;;
  access:*:--caller)
    is_caller_arn "$v_given" || usage_error '--caller takes the ARN of an IAM role or user'
    access_member caller
    v_review_target=$v_given
    ;;
  access:*:--role)
    is_role_arn "$v_given" || usage_error "--role takes a role's ARN"
    access_member roleArn
    v_review_role=$v_given
    ;;
  access:*:--account)
    is_account "$v_given" || usage_error "--account takes a client's account, twelve digits"
    access_member account
    ;;
  access:*:--client) access_member client ;;
  access:list:--format)
    case $v_given in
    table | json | jsonl | csv) v_format=$v_given ;;
    *) usage_error '--format is table, json, jsonl or csv' ;;
    esac
    ;;
  access:review:--since)
    past_moment
    v_since=$v_moment
    ;;
  why:*:--format | status:*:--format | access:review:--format)
    case $v_given in table | json) v_format=$v_given ;; *) usage_error '--format is table or json' ;; esac
    ;;
  status:*:--quiet) v_quiet=yes ;;
  access:review:-?*) usage_error "$(printf 'vend access review has no %.40s' "$v_argument")" ;;
  *:-?*) usage_error "$(printf 'vend %s has no %.40s' "$v_command" "$v_argument")" ;;
  why:*)
    if [ -z "$v_first" ]; then
      v_first=$v_argument
    elif [ -z "$v_second" ]; then
      v_second=$v_argument
    else
      usage_error 'too many arguments'
    fi
    ;;
  access:*) usage_error 'vend access takes options, or review first' ;;
  *) usage_error "vend $v_command takes options only" ;;
  esac
}

access_member() {
  [ -z "$v_members" ] || usage_error 'one of --caller, --role, --account and --client'
  v_members="\"$1\":$(quoted "$v_given"),"
}
