# ---------------------------------------------------------------- vend exec --renew

# The command replaces vend, as without --renew, so signals, the terminal and the exit code need no
# handling: a shell that waits for a command in the background makes it ignore SIGINT, and one that
# waits for it in the foreground handles no signal. A process beside the command, the renewer, keeps
# a private file fresh. It is a new process with a clean environment, because what a process had in
# its environment when it started can be read by all processes of the same user (/proc/PID/environ).

# check_renewing: before credentials are issued.
check_renewing() {
  need mkfifo mv sleep
  temporary_place || die 'TMPDIR has a backslash or control characters in its path; set it to another folder'
  [ -d "$v_place" ] && [ -w "$v_place" ] || die "can't make a folder in $v_place; set TMPDIR to one that you can write into"
  v_process=
  process_words "$v_place"
}

# start_renewing: writes the files that the command's SDKs read and starts the renewer.
start_renewing() {
  v_caller_ends=
  [ -z "$v_environment_id" ] || [ -n "$v_as_profile" ] || v_caller_ends=${AWS_CREDENTIAL_EXPIRATION-}
  make_folder
  (
    umask 077
    write_issued && : >"$v_folder/none" && write_printer && write_config &&
      mkfifo -- "$v_folder/pipe"
  ) || die "can't write into $v_folder"
  [ -z "$v_caller_ends" ] ||
    tell "your own credentials expire at $v_caller_ends; from then on vend can't renew those of the command"
  # The command keeps 8, the only end of the pipe that can be written to. The renewer reads from 9,
  # and so notices at once that the command has ended.
  # shellcheck disable=SC2094 # its name goes, the pipe stays
  exec 8<>"$v_folder/pipe" 9<"$v_folder/pipe"
  rm -f -- "$v_folder/pipe"
  # From a subshell that ends at once: the command must not find a child that it did not start.
  (start_renewer) || exit 1
  exec 9<&-
  # From here on the renewer removes the folder.
  trap - EXIT HUP INT TERM
}

# start_renewer: signals for the group, such as Ctrl-C, are for the command, which may still need
# credentials to end properly. What the renewer knows goes through a pipe, because arguments and
# environment can be read by others.
start_renewer() {
  find_script
  v_environment_token_file=${AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE-}
  v_relative=${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI-}
  v_full=${AWS_CONTAINER_CREDENTIALS_FULL_URI-}
  for v_line in "$v_relative" "$v_full" "$v_environment_token_file" "$v_environment_token" "$v_container_token"; do
    only_text "$v_line" || die "a value in the environment has control characters in it"
  done
  printf '%s\n' "$$" "$v_folder" "$v_role" "$v_body" "$v_url" "$v_api_region" "$v_as_profile" "$v_verbose" \
    "$v_issued_until" "$v_environment_id" "$v_environment_secret" "$v_environment_token" \
    "$v_container_token" "$v_relative" "$v_full" "$v_environment_token_file" |
    (
      exec 8>&- >/dev/null
      unset AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
      trap '' HUP INT QUIT TERM
      if [ -x "$v_script" ]; then exec "$v_script" renewer; else exec sh "$v_script" renewer; fi
    ) &
}

write_issued() {
  issued_json '' >"$v_folder/next" && mv -f -- "$v_folder/next" "$v_folder/credentials"
}

# write_printer: the program that SDKs run. It waits a little for a renewal that is under way, for
# example when a laptop wakes up.
write_printer() {
  cat >"$v_folder/print" <<'PRINT'
# Written by vend exec --renew: the credential_process of its command.
folder=${0%/*}
waits=0
while [ -d "$folder" ]; do
  line=
  { read -r line <"$folder/credentials"; } 2>/dev/null
  until=${line#*'"Expiration":"'}
  until=$(printf %s "${until%%'"'*}" | tr -dc 0-9)
  if [ -n "$line" ] && [ "$(date -u +%Y%m%d%H%M%S)" -lt "$until" ]; then
    printf '%s\n' "$line"
    exit
  fi
  [ ! -e "$folder/failure" ] && [ "$waits" -lt 30 ] || break
  waits=$((waits + 1))
  sleep 1
done
cat "$folder/failure" >&2 2>/dev/null || echo 'vend: the credentials have expired, and nothing renews them any more' >&2
exit 1
PRINT
}

# write_config: the default profile, with those settings of the user's that choose where to call.
write_config() {
  v_process=
  if [ -x /bin/sh ]; then process_words /bin/sh; else process_words sh; fi
  process_words "$v_folder/print"
  v_section=$(section_keys "$(config_file)" default)
  {
    printf '[default]\ncredential_process = %s\n' "$v_process"
    for v_setting in region output ca_bundle use_fips_endpoint use_dualstack_endpoint; do
      ! key_value "$v_setting" || printf '%s = %s\n' "$v_setting" "$v_value"
    done
  } >"$v_folder/config"
}

# renewed_environment: the command has no keys in its environment, and no SDK looks for any beside
# its own config. AWS_SDK_LOAD_CONFIG is for old SDKs, which otherwise don't read it.
renewed_environment() {
  unset AWS_CREDENTIAL_EXPIRATION
  export AWS_CONFIG_FILE="$v_folder/config" AWS_SHARED_CREDENTIALS_FILE="$v_folder/none"
  export AWS_SDK_LOAD_CONFIG=1 AWS_EC2_METADATA_DISABLED=true
}
