# ---------------------------------------------------------------- caller: profile

# from_profile PROFILE: takes static keys from AWS's files, and asks the AWS CLI for anything else.
from_profile() {
  if [ "$v_depth" -ge 3 ]; then
    die "profile $1: its credentials come from vend, which asks for this profile again; give --as another one"
  fi
  from_files "$1" && return 0
  if ! command -v aws >/dev/null 2>&1; then
    v_tried="$v_tried${NL}  profile $1: $v_files_why, and the AWS CLI is not installed; $NEEDED_CLI"
    return 1
  fi
  mortal aws_json configure export-credentials --format process --profile "$1"
  take_caller "profile $1" SessionToken && return 0
  mortal aws_errors configure export-credentials --profile "$1"
  case $v_answer in
  *nvalid\ choice*)
    v_tried="$v_tried${NL}  profile $1: $v_files_why, and this AWS CLI can't export credentials; $NEEDED_CLI"
    ;;
  *) v_tried="$v_tried${NL}  profile $1: the AWS CLI has no credentials for it; it says:$NL$v_answer" ;;
  esac
  return 1
}

NEEDED_CLI='install AWS CLI 2.9.0 or later, which supports "aws configure export-credentials"'

# aws_json ARGUMENT...: leaves the AWS CLI's JSON in $v_flat.
aws_json() {
  v_flat=$NL$(
    exec 8>&-
    watched run_aws "$@" 2>/dev/null | read_json
  )$NL
  named_values
}

# aws_errors ARGUMENT...: leaves the beginning of its error output in $v_answer.
aws_errors() {
  v_answer=$(
    exec 8>&-
    watched run_aws "$@" 2>&1 >/dev/null | tr -d '\000-\011\013-\037\177' | head -c 2000
  )
}

# Only the AWS CLI gets the caller's secrets, because a profile may be based on them
# (credential_source).
run_aws() {
  restore_locale
  if [ -n "$v_environment_id" ]; then
    export_keys "$v_environment_id" "$v_environment_secret" "$v_environment_token"
  fi
  [ -z "$v_container_token" ] || export AWS_CONTAINER_AUTHORIZATION_TOKEN="$v_container_token"
  unset SSLKEYLOGFILE
  # Counts how often vend, run as a credential_process, has asked for the profile that runs it: see
  # from_profile.
  VEND_DEPTH=$((v_depth + 1)) exec aws "$@" </dev/null
}

export_keys() {
  export AWS_ACCESS_KEY_ID="$1" AWS_SECRET_ACCESS_KEY="$2"
  [ -z "$3" ] || export AWS_SESSION_TOKEN="$3"
}

from_default_profile() {
  need grep
  if plain_files && ! section_keys "$(config_file)" default 2>/dev/null | grep -q . &&
    ! section_keys "$(credentials_file)" default 2>/dev/null | grep -q .; then
    v_tried="$v_tried${NL}  profile default: it does not exist"
    return 1
  fi
  if [ "$v_for_profile" = default ]; then
    v_tried="$v_tried${NL}  profile default: it is the profile that is being renewed"
    return 1
  fi
  from_profile default && return 0
  # A profile that names a role or a sign-in was set up deliberately, and one that vend can't read
  # may have been, so never fall back to another identity.
  [ -z "$v_files_setting" ] || no_caller
  return 1
}

# from_files PROFILE: takes static keys from AWS's files, or fails with the reason in $v_files_why,
# and in $v_files_setting if the profile may have other credentials.
# A profile with a setting that makes SDKs find credentials elsewhere, in either file, is not
# static even if it has keys: they may be old, or belong to another identity.
from_files() {
  v_files_setting=unknown
  plain_files || return 1
  v_files_why='it has no keys'
  v_files_setting=
  v_files_keys=$NL$(section_keys "$(config_file)" "profile $1" 2>/dev/null)$NL
  elsewhere && return 1
  v_files_config=$v_files_keys
  v_files_keys=$NL$(section_keys "$(credentials_file)" "$1" 2>/dev/null)$NL
  elsewhere && return 1
  # As in the SDKs, the credentials file takes precedence, and keys of the two files are never
  # mixed.
  files_value aws_access_key_id || files_value aws_secret_access_key || v_files_keys=$v_files_config
  files_value aws_access_key_id || return 1
  v_caller_id=$v_value
  files_value aws_secret_access_key || return 1
  v_caller_secret=$v_value
  files_value aws_session_token || files_value aws_security_token || :
  v_caller_token=$v_value
  v_files_keys='' v_files_config='' v_files_rest=''
  v_caller_source="profile $1"
}

# elsewhere: whether $v_files_keys has a setting that leads to other credentials.
elsewhere() {
  for v_files_setting in role_arn web_identity_token_file credential_process credential_source sso_ login_session; do
    case $v_files_keys in
    *"$NL$v_files_setting"*)
      v_files_rest=${v_files_keys#*"$NL$v_files_setting"}
      v_files_why="it has $v_files_setting${v_files_rest%%=*}, which needs the AWS CLI"
      return 0
      ;;
    esac
  done
  v_files_setting=
  return 1
}

files_value() {
  v_value=
  v_files_rest=${v_files_keys##*"$NL$1="}
  [ "$v_files_rest" != "$v_files_keys" ] || return 1
  v_value=${v_files_rest%%"$NL"*}
}
