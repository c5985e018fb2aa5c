# ---------------------------------------------------------------- caller

# find_caller: finds the caller's own credentials in the SDKs' order. Leaves them in $v_caller_id,
# $v_caller_secret and $v_caller_token, and where they come from in $v_caller_source.
find_caller() {
  [ -z "$v_caller_source" ] || return 0
  v_tried=
  if [ -n "$v_as_profile" ]; then
    from_profile "$v_as_profile" || no_caller
  elif from_environment; then
    :
  elif [ -n "${AWS_WEB_IDENTITY_TOKEN_FILE-}" ]; then
    # The variables were set deliberately, so never fall back to another identity.
    from_web_identity || no_caller
  else
    v_caller_profile=${AWS_PROFILE:-${AWS_DEFAULT_PROFILE:-}}
    # When vend runs as a profile's credential_process, AWS_PROFILE is that profile. Asking it for
    # the caller's credentials would never end.
    if [ -n "$v_caller_profile" ] && [ "$v_caller_profile" = "$v_for_profile" ]; then
      v_tried="$v_tried${NL}  AWS_PROFILE is $v_caller_profile, the profile that is being renewed"
      v_caller_profile=
    fi
    if [ -n "$v_caller_profile" ]; then
      from_profile "$v_caller_profile" || no_caller
    else
      from_default_profile || from_container || from_instance || no_caller
    fi
  fi
  check_caller
  note "caller's credentials: $v_caller_source"
}

no_caller() {
  need_new_curl
  say "found no credentials to call the service with. Tried, in this order:$v_tried"
  exit 1
}

check_caller() {
  case $v_caller_id in
  '' | *[!A-Za-z0-9_]*) die "the access key of the caller ($v_caller_source) has characters that access keys don't have" ;;
  esac
  case $v_caller_secret$v_caller_token in
  *[!!-~]*) die "the secret or the token of the caller ($v_caller_source) has blanks or control characters in it" ;;
  esac
  [ -n "$v_caller_secret" ] || die "the caller's secret is empty ($v_caller_source)"
  if [ -n "$v_caller_until" ] && seconds_left "${v_caller_until%%[.+Z]*}Z" && [ "$v_left" -le 0 ]; then
    die "the caller's own credentials ($v_caller_source) expired at $v_caller_until"
  fi
}

from_environment() {
  if [ -z "$v_environment_id$v_environment_secret" ]; then
    v_tried="$v_tried${NL}  environment: AWS_ACCESS_KEY_ID is not set"
    return 1
  fi
  [ -n "$v_environment_id" ] || die 'AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not'
  [ -n "$v_environment_secret" ] || die 'AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not'
  v_caller_source=environment
  v_caller_id=$v_environment_id
  v_caller_secret=$v_environment_secret
  v_caller_token=$v_environment_token
  v_caller_until=${AWS_CREDENTIAL_EXPIRATION-}
}

# take_caller SOURCE TOKEN_NAME: takes the caller from a JSON answer in $v_flat.
take_caller() {
  text /AccessKeyId || return 1
  v_caller_id=$v_value
  text /SecretAccessKey || return 1
  v_caller_secret=$v_value
  text "/$2" || :
  v_caller_token=$v_value
  text /Expiration || :
  v_caller_until=$v_value
  v_caller_source=$1
}
