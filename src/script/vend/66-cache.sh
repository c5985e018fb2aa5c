# ---------------------------------------------------------------- cache

# open_cache: sets $v_cache_file, or leaves it empty. Its name is a hash of everything that the
# credentials depend on; without a real hash function there is no cache.
open_cache() {
  v_cache_file=
  [ -n "$v_cache" ] || return 0
  if [ -z "${XDG_CACHE_HOME-}${HOME-}" ]; then
    say 'no cache: HOME is not set'
    return 0
  fi
  missing cut find id ln ls mkdir mv readlink rm sleep uname || {
    say "no cache: $v_missing is not on the PATH"
    return 0
  }
  v_cache_folder=${XDG_CACHE_HOME:-${HOME-}/.cache}/vend
  case $v_cache_folder in /*) ;; *) v_cache_folder=$(pwd)/$v_cache_folder ;; esac
  (umask 077 && mkdir -p -- "$v_cache_folder") 2>/dev/null || {
    say "no cache: can't make the folder $v_cache_folder"
    return 0
  }
  if ! is_private_folder "$v_cache_folder"; then
    say "no cache: $v_cache_folder is not a folder that only you can read and write (mode 0700)"
    return 0
  fi
  find_endpoint
  cache_caller
  v_cache_key=$(printf '%s\n' "$VEND_VERSION" "$v_endpoint" "$v_signing_region" "$v_cache_identity" "$v_body" | sha256)
  case $v_cache_key in
  *[!0-9a-f]* | '') say 'no cache: there is no sha256sum, shasum or openssl' ;;
  *) v_cache_file=$v_cache_folder/$v_cache_key ;;
  esac
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256
  elif command -v openssl >/dev/null 2>&1; then
    openssl dgst -sha256 -r
  fi | cut -c 1-64
}

# POSIX fixes the first fields of ls -l: mode, links, owner.
is_private_folder() {
  # shellcheck disable=SC2046,SC2012 # only the first words are looked at
  set -- $(ls -ldn -- "$1/." 2>/dev/null)
  case ${1-} in
  drwx------*) [ "${3-}" = "$(id -u)" ] ;;
  *) return 1 ;;
  esac
}

# cache_caller: identifies the caller in $v_cache_identity. A profile is identified by its name,
# because asking the AWS CLI takes longer than everything else.
cache_caller() {
  v_cache_files=${AWS_CONFIG_FILE-}:${AWS_SHARED_CREDENTIALS_FILE-}
  v_cache_profile=${AWS_PROFILE:-${AWS_DEFAULT_PROFILE:-}}
  if [ -n "$v_as_profile" ]; then
    v_cache_identity="profile $v_as_profile $v_cache_files"
  elif [ -z "$v_environment_id$v_environment_secret${AWS_WEB_IDENTITY_TOKEN_FILE-}" ] &&
    [ -n "$v_cache_profile" ] && [ "$v_cache_profile" != "$v_for_profile" ]; then
    v_cache_identity="profile $v_cache_profile $v_cache_files"
  elif [ -z "$v_environment_id$v_environment_secret" ] && [ -n "${AWS_WEB_IDENTITY_TOKEN_FILE-}" ]; then
    # STS issues a different key on each call.
    v_cache_identity="web ${AWS_ROLE_ARN-} $AWS_WEB_IDENTITY_TOKEN_FILE ${AWS_ROLE_SESSION_NAME-}"
  else
    find_caller
    v_cache_identity="key $v_caller_id"
  fi
}

# from_cache: succeeds if $v_cache_file has fresh credentials, now or after the process that holds
# the lock has fetched them: one process asks, the others wait. They wait for one process only. If
# it ends without leaving credentials, its answer can not be cached, and the others ask at once
# instead of one after the other.
from_cache() {
  [ -n "$v_cache_file" ] || return 1
  v_cache_holder=
  while :; do
    ! read_cache || return 0
    ! lock "$v_cache_file.lock" || break
    if [ -n "$v_lock_fault" ]; then
      say "no cache: $v_lock_fault"
      v_cache_file=
      return 1
    fi
    v_cache_holder=${v_cache_holder:-$v_lock_owner}
    if [ -z "$v_lock_owner" ] || [ "$v_lock_owner" != "$v_cache_holder" ]; then
      read_cache
      return
    fi
    nap
  done
  # Another process may have come and gone between the check and the lock.
  if read_cache; then
    unlock
    return 0
  fi
  return 1
}

# A damaged or foreign file counts as no entry.
read_cache() {
  [ -f "$v_cache_file" ] && [ ! -L "$v_cache_file" ] || return 1
  v_flat=$NL$(head -c "$ANSWER_BYTES" <"$v_cache_file" | read_json)$NL
  named_values
  take_issued && [ "$v_issued_left" -ge "$FRESH_SECONDS" ] && is_plausible || return 1
  note "from the cache: vendId $v_vend_id, $v_assumed_role until $v_issued_until"
}

# is_plausible: the clock has not been set back since the entry was written: the credentials were
# not issued in the future, and do not last longer than they could when they were issued. Otherwise
# an entry would be used for as long as the clock was set back.
is_plausible() {
  v_cache_longest=${v_duration:-3600}
  [ "$v_issued_left" -le "$((v_cache_longest + 300))" ] || return 1
  text /IssuedAt && seconds_left "$v_value" && [ "$v_left" -le 0 ]
}

to_cache() {
  [ -n "$v_cache_file" ] || return 0
  v_temporary=$v_cache_file.$$
  if (
    umask 077
    rm -f -- "$v_temporary"
    issued_json ",\"AssumedRoleArn\":\"$v_assumed_role\",\"VendId\":\"$v_vend_id\",\"IssuedAt\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"" >"$v_temporary"
  ) && mv -f -- "$v_temporary" "$v_cache_file"; then
    v_temporary=
  else
    say "can't write into $v_cache_folder"
  fi
  # Entries of old builds.
  find "$v_cache_folder" ! -type d -mtime +1 -exec rm -f -- {} + 2>/dev/null
  unlock
}
