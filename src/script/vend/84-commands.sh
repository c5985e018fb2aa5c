# ---------------------------------------------------------------- commands

# obtain: gets credentials of $v_role from the cache or the service.
obtain() {
  make_body
  open_cache
  from_cache && return 0
  call /credentials "$v_body"
  take_issued || die "the answer can't be trusted: its $v_wrong is missing, malformed, or of another role"
  [ "$v_issued_left" -gt 0 ] || die "the issued credentials expired at $v_issued_until; is this machine's clock right?"
  note "vendId $v_vend_id: $v_assumed_role until $v_issued_until"
  to_cache
}

command_credentials() {
  each_argument take_argument "$@"
  need_role
  if [ -n "$v_dry_run" ]; then
    show_request
    return
  fi
  check_github
  obtain
  print_issued
}

show_request() {
  make_body
  find_endpoint
  say "would send POST $v_endpoint/credentials, signed for $v_signing_region, with this body:"
  printf '%s\n' "$v_body" || no_output
}

command_exec() {
  each_argument take_argument "$@"
  need_role
  shift "$v_rest_index"
  [ $# -gt 0 ] || usage_error 'no command to run: vend exec ROLE_ARN -- COMMAND'
  case $1 in
  '' | -*) usage_error 'the command to run comes after -- and does not begin with -' ;;
  esac
  if [ -n "$v_dry_run" ]; then
    show_request
    return
  fi
  find_program "$1"
  if [ -n "$v_renew" ]; then
    part more
    check_renewing
  fi
  obtain
  [ -z "$v_renew" ] || start_renewing
  child_environment
  if [ -z "$v_renew" ]; then
    export_keys "$v_issued_id" "$v_issued_secret" "$v_issued_token"
    export AWS_CREDENTIAL_EXPIRATION="$v_issued_until"
  else
    renewed_environment
  fi
  # An exported SHELLOPTS passes these on to child shells, so restore what the caller had.
  case $v_shell_options in *f*) ;; *) set +f ;; esac
  case $v_shell_options in *C*) set -C ;; esac
  case $v_shell_options in *u*) ;; *) set +u ;; esac
  # exec, so that signals and the exit code need no handling.
  exec "$@"
}

# find_program NAME: ends the script if it can not be run, before credentials are issued. Not by
# command -v, which also finds functions and builtins; exec runs neither.
find_program() {
  case $1 in
  */*)
    is_program "$1" && return 0
    [ ! -e "$1" ] || cant_run "$1" 126 'is not executable'
    cant_run "$1" 127 'does not exist'
    ;;
  esac
  # If PATH is unset, each shell has its own default.
  [ -n "${PATH-}" ] || return 0
  v_program_rest=$PATH:
  while [ -n "$v_program_rest" ]; do
    v_program_folder=${v_program_rest%%:*}
    v_program_rest=${v_program_rest#*:}
    ! is_program "${v_program_folder:-.}/$1" || return 0
  done
  cant_run "$1" 127 'is not in PATH'
}

is_program() {
  [ -f "$1" ] && [ -x "$1" ]
}

cant_run() {
  say "$(printf '%.200s' "$1" | tr -d '\000-\037\177') $3; no credentials were requested"
  exit "$2"
}

# Removes every variable that would lead an SDK to an identity other than the issued one. SDKs also
# read AWS_ACCOUNT_ID, as the account of the keys.
child_environment() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  unset AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
  unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME VEND_DEPTH
  restore_locale
  export AWS_ACCOUNT_ID="$v_role_account"
}

restore_locale() {
  if [ -n "$v_user_locale_set" ]; then
    LC_ALL=$v_user_locale
  else
    unset LC_ALL
  fi
}

command_version() {
  printf 'vend %s\n' "$VEND_VERSION" || no_output
}
