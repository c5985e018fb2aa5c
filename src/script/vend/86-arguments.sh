# ---------------------------------------------------------------- arguments

need_role() {
  [ -n "$v_role" ] || usage_error 'which role? give its ARN: arn:aws:iam::ACCOUNT:role/NAME'
  case $v_role in
  arn:*) is_role_arn "$v_role" || usage_error 'the role is not an ARN: its form is arn:aws:iam::ACCOUNT:role/NAME' ;;
  *)
    has_part more || usage_error 'the role is not an ARN: its form is arn:aws:iam::ACCOUNT:role/NAME (names need the file vend-more beside vend)'
    part more
    role_by_name
    return
    ;;
  esac
  [ -z "$v_save" ] || usage_error '--save makes an alias of a name, and this is an ARN'
}

# each_argument HANDLER ARGUMENT...: calls HANDLER for each option or word, with it in $v_argument
# and its value in $v_given. After `--`, the rest is reached by `shift $v_rest_index`.
each_argument() {
  v_handler=$1
  v_rest_index=0
  shift
  while [ $# -gt 0 ]; do
    v_argument=$1
    v_given=
    shift
    v_rest_index=$((v_rest_index + 1))
    need_text "$v_argument"
    case $v_argument in
    --)
      [ "$v_command" = exec ] || usage_error 'only vend exec takes a command to run'
      return
      ;;
    --*=*)
      v_given=${v_argument#*=}
      v_argument=${v_argument%%=*}
      takes_value || usage_error "$v_argument takes no value, or is unknown"
      ;;
    -?*)
      if takes_value; then
        [ $# -gt 0 ] || usage_error "$v_argument needs a value"
        v_given=$1
        shift
        v_rest_index=$((v_rest_index + 1))
      fi
      ;;
    esac
    ! takes_value || [ -n "$v_given" ] || usage_error "$v_argument needs a value"
    need_text "$v_given"
    "$v_handler"
  done
}

# need_text ARGUMENT: before any message prints it.
need_text() {
  only_text "$1" || usage_error 'an argument has control characters in it'
}

# takes_value: whether $v_argument has a value. The other files replace this function.
takes_value() {
  case $v_argument in
  --url | --region | --as | --duration | --policy | --policy-arn | --context | --format | --profile | --for-profile) ;;
  *) return 1 ;;
  esac
}

take_argument() {
  # A command rejects options that it would ignore: with --dry-run above all, it must not send.
  case $v_command:$v_argument in
  roles:--dry-run | roles:--duration | roles:--policy* | roles:--*context | roles:--cache | roles:--for-profile | \
    whoami:--dry-run | whoami:--duration | whoami:--policy* | whoami:--*context | whoami:--cache | whoami:--for-profile | \
    exec:--for-profile | profile:--for-profile) usage_error "vend $v_command has no $v_argument" ;;
  esac
  case $v_argument in
  --url) v_url=$v_given ;;
  --region)
    if [ "$v_command" = profile ]; then v_profile_region=$v_given; else v_api_region=$v_given; fi
    ;;
  --profile | --static | --replace)
    [ "$v_command" = profile ] || usage_error "$v_argument belongs to vend profile; to call with a profile: --as"
    case $v_argument in
    --static) v_static=yes ;;
    --replace) v_replace=yes ;;
    *) v_profile=$v_given v_profile_given=yes ;;
    esac
    ;;
  --save)
    case $v_command in credentials | exec | profile) v_save=yes ;; *) usage_error "vend $v_command has no --save" ;; esac
    ;;
  --all)
    [ "$v_command" = profile ] || usage_error "vend $v_command has no --all"
    v_all_roles=yes
    ;;
  --renew)
    [ "$v_command" = exec ] || usage_error '--renew belongs to vend exec'
    v_renew=yes
    ;;
  --as) v_as_profile=$v_given ;;
  --for-profile) v_for_profile=$v_given ;;
  --duration) parse_duration "$v_given" ;;
  --policy) add_policy "$v_given" ;;
  --policy-arn) add_policy_arn "$v_given" ;;
  --context) add_context "$v_given" ;;
  --no-context) v_auto_context=0 ;;
  --cache) v_cache=yes ;;
  --dry-run) v_dry_run=yes ;;
  --verbose) v_verbose=yes ;;
  --quiet) v_quiet=yes ;;
  --format)
    case $v_command:$v_given in
    credentials:process | credentials:env | credentials:json | credentials:github) ;;
    roles:table | roles:json | whoami:table | whoami:json) ;;
    credentials:*) usage_error '--format is process, json, env or github' ;;
    roles:* | whoami:*) usage_error '--format is table or json' ;;
    *) usage_error "vend $v_command has no --format" ;;
    esac
    v_format=$v_given
    ;;
  -h | --help)
    command_help "$v_command"
    exit 0
    ;;
  -?*) usage_error "unknown option: $(printf '%.40s' "$v_argument" | tr -d '\000-\037\177')" ;;
  *)
    [ -z "$v_role" ] || [ "$v_command" != exec ] || usage_error 'the command to run comes after --: vend exec ROLE_ARN -- COMMAND'
    [ -z "$v_role" ] || usage_error 'one role at a time; a name with blanks goes into quotes'
    v_role=$v_argument
    ;;
  esac
}
