# ---------------------------------------------------------------- commands

command_admin() {
  v_keep_caller=yes
  case $v_command in
  client | grant)
    v_action=${1-}
    case $v_command:$v_action in
    client:put | client:list | client:show | client:letter | client:wait | client:verify | client:suspend | client:resume | client:remove | client:rotate) ;;
    grant:put | grant:list | grant:remove | grant:apply | grant:export | grant:lint) ;;
    *:-h | *:--help)
      print_help help_admin "$v_command"
      exit 0
      ;;
    client:*) usage_error 'vend client put, list, show, letter, wait, verify, suspend, resume, remove or rotate' ;;
    *) usage_error 'vend grant put, list, remove, apply, export or lint' ;;
    esac
    shift
    ;;
  *) v_action=$v_command ;;
  esac
  admin_arguments "$@"
  case $v_command:$v_action in
  client:put) if [ -n "$v_accounts" ]; then accounts_put; else client_put; fi ;;
  client:list) client_list ;;
  client:show) client_show ;;
  client:letter) client_letter ;;
  client:wait) client_wait ;;
  client:verify) client_verify ;;
  client:suspend) client_suspend true ;;
  client:resume) client_suspend false ;;
  client:remove) client_remove ;;
  client:rotate) client_rotate ;;
  grant:put) grant_put ;;
  grant:list) grant_list ;;
  grant:remove) grant_remove ;;
  grant:apply) grant_apply ;;
  grant:lint) grant_lint ;;
  grant:export) grant_export ;;
  stop:*) vending_stop true ;;
  start:*) vending_stop false ;;
  revoke:*) revoke ;;
  esac
}

# admin_arguments ARGUMENT...: parses options into variables, and words into $v_first and
# $v_second.
admin_arguments() {
  v_first='' v_second='' v_name='' v_roles='' v_own_account='' v_import='' v_activate='' v_accounts='' v_role_forms='' v_timeout_given=86400 v_wait=30 v_yes=''
  v_of_caller='' v_of_role='' v_caller_pin='' v_unpinned='' v_tags='' v_from='' v_until='' v_disabled=''
  v_description='' v_gone_roles='' v_keep_others='' v_selection='' v_dropped=''
  v_format=table v_rotation=start
  each_argument admin_argument "$@"
  need_arguments
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --name | --role | --remove-role | --import-external-id | --accounts | --wait | --timeout | --caller | \
    --caller-id | --duration | --policy | --policy-arn | --tag | --not-before | --expires | --description) ;;
  *) return 1 ;;
  esac
}

# A command rejects options that it would ignore.
admin_argument() {
  case $v_argument in
  --url | --region | --as | --verbose) take_argument ;;
  -h | --help)
    print_help help_admin "$v_command"
    exit 0
    ;;
  -?*)
    case $v_command:$v_action:$v_argument in
    client:put:--name) v_name=$v_given ;;
    client:put:--role | client:letter:--role)
      case $v_action:$v_given in put:*::ACCOUNT:*) add_role_form ;; *) add_role ;; esac
      ;;
    client:put:--accounts) v_accounts=$v_given ;;
    client:put:--remove-role)
      is_role_arn "$v_given" || usage_error "--remove-role takes a role's ARN"
      v_gone_roles="$v_gone_roles$v_given$NL"
      ;;
    client:put:--own-account) v_own_account=true ;;
    client:put:--activate-when-safe) v_activate=true ;;
    client:put:--no-activate-when-safe) v_activate=false ;;
    client:wait:--timeout) parse_timeout "$v_given" ;;
    client:put:--import-external-id) v_import=$v_given ;;
    client:verify:--wait)
      is_number "$v_given" && [ "${#v_given}" -le 4 ] || usage_error '--wait takes a number of seconds'
      v_wait=$v_given
      ;;
    client:list:--format | client:show:--format | client:put:--format | grant:list:--format)
      case $v_given in table | json) v_format=$v_given ;; *) usage_error '--format is table or json' ;; esac
      ;;
    grant:list:--caller | grant:export:--caller) v_of_caller=$v_given ;;
    grant:list:--role | grant:export:--role) v_of_role=$v_given ;;
    grant:put:--caller-id) v_caller_pin=$v_given ;;
    grant:put:--unpinned) v_unpinned=true ;;
    grant:put:--no-policy | grant:put:--no-policy-arns | grant:put:--no-tags | grant:put:--no-not-before | \
      grant:put:--no-expires | grant:put:--no-description | grant:put:--enabled) v_dropped="$v_dropped$v_argument " ;;
    grant:put:--duration) parse_duration "$v_given" ;;
    grant:put:--policy) add_policy "$v_given" ;;
    grant:put:--policy-arn) add_policy_arn "$v_given" ;;
    grant:put:--tag) add_tag ;;
    grant:put:--not-before)
      future_moment
      v_from=$v_moment
      ;;
    grant:put:--expires)
      future_moment
      v_until=$v_moment
      ;;
    grant:put:--disabled) v_disabled=true ;;
    grant:put:--description) v_description=$v_given ;;
    client:rotate:--switch | client:rotate:--back | client:rotate:--finish | client:rotate:--cancel)
      [ "$v_rotation" = start ] || usage_error 'one step at a time'
      v_rotation=${v_argument#--}
      ;;
    grant:apply:--yes | client:remove:--yes) v_yes=yes ;;
    grant:apply:--dry-run | client:remove:--dry-run) v_dry_run=yes ;;
    grant:apply:--keep-others) v_keep_others=yes ;;
    *) usage_error "$(printf 'vend %s%s has no %.40s' "$v_command" "${v_action:+ $v_action}" "$v_argument")" ;;
    esac
    ;;
  *)
    if [ -z "$v_first" ]; then
      v_first=$v_argument
    elif [ -z "$v_second" ]; then
      v_second=$v_argument
    else
      usage_error 'too many arguments'
    fi
    ;;
  esac
}

need_arguments() {
  [ -z "$v_accounts" ] || {
    [ -z "$v_first$v_roles$v_gone_roles$v_own_account$v_import" ] && [ "$v_format" = table ] ||
      usage_error '--accounts takes the accounts from its file, and goes with --name, --role and --activate-when-safe'
    return 0
  }
  [ -z "$v_role_forms" ] || usage_error 'a role with the word ACCOUNT goes with --accounts'
  case $v_command:$v_action in
  client:list | grant:list | grant:export | stop:* | start:*) v_wanted=0 ;;
  grant:put | grant:remove) v_wanted=2 ;;
  *) v_wanted=1 ;;
  esac
  [ "$v_wanted" != 0 ] || [ -z "$v_first" ] || usage_error "vend $v_command takes options only"
  [ "$v_wanted" = 2 ] || [ -z "$v_second" ] || usage_error 'too many arguments'
  case $v_command:$v_action in
  client:put | client:show | client:letter | client:wait | client:suspend | client:resume | client:remove | client:rotate)
    is_account "$v_first" || usage_error "which client? give the twelve digits of its account ID"
    ;;
  client:verify)
    is_account "$v_first" || is_role_arn "$v_first" || usage_error "verify what? give a client's account or a role's ARN"
    ;;
  grant:put | grant:remove)
    is_caller_arn "$v_first" || usage_error 'which caller? give the ARN of its IAM role or user: arn:aws:iam::ACCOUNT:role/NAME'
    is_role_arn "$v_second" || usage_error 'which client role? give its ARN after the caller'
    ;;
  grant:apply | grant:lint) [ -n "$v_first" ] || usage_error 'which file? - is standard input' ;;
  revoke:*)
    # Any other word would give a policy that ends nothing.
    is_caller_arn "$v_first" || is_ulid "$v_first" ||
      usage_error "revoke what? give a caller's ARN, or a vendId: 26 digits and capital letters"
    ;;
  esac
}

is_ulid() {
  case $1 in *[!0-9A-HJKMNP-TV-Z]*) return 1 ;; esac
  [ "${#1}" = 26 ]
}

# future_moment: converts $v_given to a time in $v_moment.
future_moment() {
  moment "$v_given" 1
  case $v_moment in
  [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]*) ;;
  *) bad_moment ;;
  esac
}

add_role() {
  is_role_arn "$v_given" || usage_error "--role takes a role's ARN"
  v_roles="$v_roles$v_given$NL"
}

add_tag() {
  case $v_given in ?*=*) ;; *) usage_error 'a tag has the form KEY=VALUE' ;; esac
  v_tags="${v_tags}tag$TAB$(quoted "${v_given%%=*}")$TAB$(quoted "${v_given#*=}")$NL"
}
