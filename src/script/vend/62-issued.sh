# ---------------------------------------------------------------- issued credentials

# take_issued: takes the issued credentials from $v_flat. Each is checked against the characters
# that AWS uses before anything is printed or exported. Fails with the name of the invalid member
# in $v_wrong.
take_issued() {
  field /Version && [ "$v_kind:$v_value" = n:1 ] || wrong Version || return 1
  text /AccessKeyId && is_key_id "$v_value" || wrong AccessKeyId || return 1
  v_issued_id=$v_value
  text /SecretAccessKey && is_base64 "$v_value" && [ "${#v_value}" -le 256 ] || wrong SecretAccessKey || return 1
  v_issued_secret=$v_value
  text /SessionToken && is_base64 "$v_value" && [ "${#v_value}" -le 16384 ] || wrong SessionToken || return 1
  v_issued_token=$v_value
  text /Expiration && seconds_left "$v_value" || wrong Expiration || return 1
  v_issued_until=$v_value
  v_issued_left=$v_left
  text /AccountId && [ "$v_value" = "$v_role_account" ] || wrong AccountId || return 1
  text /AssumedRoleArn && is_requested_role "$v_value" || wrong AssumedRoleArn || return 1
  v_assumed_role=$v_value
  text /VendId && is_vend_id "$v_value" || wrong VendId || return 1
  v_vend_id=$v_value
}

wrong() {
  v_wrong=$1
  return 1
}

is_key_id() {
  case $1 in *[!A-Z0-9]*) return 1 ;; esac
  [ "${#1}" -ge 16 ] && [ "${#1}" -le 128 ]
}

is_vend_id() {
  case $1 in '' | *[!A-Za-z0-9-]*) return 1 ;; esac
  [ "${#1}" -le 64 ]
}

# Credentials of a role other than the requested one would run a deployment against another client.
is_requested_role() {
  case $1 in *[!A-Za-z0-9+=,.@_/:-]*) return 1 ;; esac
  v_requested="arn:$v_role_partition:sts::$v_role_account:assumed-role/$v_role_name/"
  case $1 in "$v_requested"?*) ;; *) return 1 ;; esac
  case ${1#"$v_requested"} in */* | *:*) return 1 ;; esac
}

print_issued() {
  case $v_format in
  process) issued_json '' ;;
  json) issued_json ",\"AssumedRoleArn\":\"$v_assumed_role\",\"VendId\":\"$v_vend_id\"" ;;
  env)
    mask_issued
    issued_lines "export %s='%s'\n"
    ;;
  github)
    mask_issued
    issued_lines '%s=%s\n' >>"$GITHUB_ENV" || die "can't write the file GITHUB_ENV"
    tell "the next steps of this job have credentials of $v_assumed_role until $v_issued_until"
    ;;
  esac || no_output
}

# issued_lines FORMAT
issued_lines() {
  # shellcheck disable=SC2059 # the format is one of the two above
  printf "$1" AWS_ACCESS_KEY_ID "$v_issued_id" AWS_SECRET_ACCESS_KEY "$v_issued_secret" \
    AWS_SESSION_TOKEN "$v_issued_token" AWS_CREDENTIAL_EXPIRATION "$v_issued_until" AWS_ACCOUNT_ID "$v_role_account"
}

# check_github: before credentials are issued. The lines for a shell would not set the variables.
check_github() {
  case $v_format in
  github)
    [ "${GITHUB_ACTIONS-}" = true ] && [ -f "${GITHUB_ENV-}" ] && [ -w "$GITHUB_ENV" ] ||
      usage_error '--format github is for a step of GitHub Actions, where GITHUB_ENV is a file'
    ;;
  env)
    # shellcheck disable=SC3013 # a shell without -ef says no
    ! { [ -n "${GITHUB_ENV-}" ] && [ /dev/fd/1 -ef "$GITHUB_ENV" ]; } 2>/dev/null ||
      usage_error 'GITHUB_ENV takes --format github, which writes that file itself'
    ;;
  esac
}

# Nothing needs escaping, because every value has been checked.
issued_json() {
  printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","SessionToken":"%s","Expiration":"%s","AccountId":"%s"%s}\n' \
    "$v_issued_id" "$v_issued_secret" "$v_issued_token" "$v_issued_until" "$v_role_account" "$1"
}

# A GitHub runner reads its commands from both streams. Standard output is for the shell, so masks go
# to standard error.
mask_issued() {
  [ "${GITHUB_ACTIONS-}" = true ] || return 0
  printf '::add-mask::%s\n::add-mask::%s\n' "$v_issued_secret" "$v_issued_token" >&2
}
