# ---------------------------------------------------------------- commands

command_access() {
  v_keep_caller=yes
  v_action=list
  access_arguments "$@"
  case $v_action in
  list) access_list ;;
  esac
}

access_arguments() {
  v_members='' v_all='' v_limit='' v_progress=''
  v_format=table
  each_argument access_argument "$@"
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --caller | --role | --account) ;;
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
  access:list:--caller)
    is_caller_arn "$v_given" || usage_error '--caller takes the ARN of an IAM role or user'
    access_member caller
    ;;
  access:list:--role)
    is_role_arn "$v_given" || usage_error "--role takes a role's ARN"
    access_member roleArn
    ;;
  access:list:--account)
    is_account "$v_given" || usage_error "--account takes a client's account, twelve digits"
    access_member account
    ;;
  access:list:--format)
    case $v_given in
    table | json | jsonl | csv) v_format=$v_given ;;
    *) usage_error '--format is table, json, jsonl or csv' ;;
    esac
    ;;
  *:-?*) usage_error "$(printf 'vend %s has no %.40s' "$v_command" "$v_argument")" ;;
  *) usage_error 'vend access takes options only' ;;
  esac
}

access_member() {
  [ -z "$v_members" ] || usage_error 'one of --caller, --role and --account'
  v_members="\"$1\":$(quoted "$v_given"),"
}
