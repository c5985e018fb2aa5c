# ---------------------------------------------------------------- the renewer

# command_renewer: keeps the file of a command fresh until the command ends. Only vend starts it.
command_renewer() {
  need cat mv rm sleep
  # It holds the caller's keys for hours. Not every shell has the option.
  # shellcheck disable=SC3045
  ulimit -c 0 2>/dev/null
  for v_name in v_pid v_folder v_role v_body v_url v_api_region v_as_profile v_verbose v_issued_until \
    v_environment_id v_environment_secret v_environment_token v_container_token \
    v_relative v_full v_token_file; do
    # shellcheck disable=SC2229 # into the variable of that name
    IFS= read -r "$v_name" || die 'vend exec --renew starts this command'
  done
  exec </dev/null
  umask 077
  is_number "$v_pid" && is_role_arn "$v_role" && seconds_left "$v_issued_until" || die 'vend exec --renew starts this command'
  [ -z "$v_relative" ] || AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=$v_relative
  [ -z "$v_full" ] || AWS_CONTAINER_CREDENTIALS_FULL_URI=$v_full
  [ -z "$v_token_file" ] || AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=$v_token_file
  # Programs end when the command does; they ignore other signals, as this shell does.
  v_alive=yes
  v_watch_signal=KILL
  # The pipe that ends programs is here the command's, which is open already.
  # shellcheck disable=SC2317 # send calls it
  mortal() {
    "$@"
  }
  v_failures=0 v_reason='' v_over=''
  plan_renewal
  while command_runs && [ -d "$v_folder" ]; do
    now
    if [ -z "$v_due" ] || [ "$v_now" -lt "$v_due" ]; then
      wait_for_command
    else
      renew
    fi
  done
  drop_folder
}

# plan_renewal: after two thirds of the life, so that a third is left for other tries, and the SDKs
# of a role that lasts an hour never see less than they want (botocore: 15 minutes).
plan_renewal() {
  v_due=$((v_left * 2 / 3))
  [ "$v_due" -ge 1 ] || v_due=1
  v_due=$((v_now + v_due))
}

# wait_for_command: until the next renewal, but never long: the command may have left the pipe to a
# daemon when it ended, and clocks go on while a laptop sleeps. If the sleep is cut short and the
# command still runs, it has closed the pipe, and only looking now and then is left.
wait_for_command() {
  v_nap=10
  [ -n "$v_alive" ] || v_nap=1
  [ -z "$v_due" ] || [ "$((v_due - v_now))" -ge "$v_nap" ] || v_nap=$((v_due - v_now))
  rest "$v_nap" || {
    ! command_runs || nap
    v_alive=
  }
}

# command_runs: whether the process of the command is there and not just waiting to be reaped. It
# may belong to another user by now.
command_runs() {
  v_process_state=
  { read -r v_process_state <"/proc/$v_pid/stat"; } 2>/dev/null
  case ${v_process_state##*) } in [ZX]*) return 1 ;; esac
  case $(LC_ALL=C kill -0 "$v_pid" 2>&1) in *[Nn]'o such process'*) return 1 ;; esac
}

# renew: one try, in a subshell, because a failure ends it.
renew() {
  v_renewed=$(renew_once 2>"$v_folder/said") && {
    seconds_left "$v_renewed" && plan_renewal
    v_issued_until=$v_renewed
    v_failures=0 v_reason=''
    rm -f -- "$v_folder/failure"
    cat <"$v_folder/said" >&2
    return 0
  }
  # The command may have ended, and the program in the subshell with it.
  nap
  command_runs && [ -d "$v_folder" ] || return 0
  renewal_failed
}

renew_once() {
  v_curl_exit=none v_status=0
  # shellcheck disable=SC2016 # when it ends
  trap '{ printf "%s:%s\n" "$v_curl_exit" "$v_status" >"$v_folder/outcome"; } 2>/dev/null' EXIT
  call /credentials "$v_body"
  take_issued || die "the answer can't be trusted: its $v_wrong is missing, malformed, or of another role"
  [ "$v_issued_left" -gt 0 ] || die "the issued credentials expired at $v_issued_until; is this machine's clock right?"
  write_issued || die "can't write into $v_folder"
  note "renewed: vendId $v_vend_id, $v_assumed_role until $v_issued_until"
  printf '%s\n' "$v_issued_until"
}

# renewal_failed: the command keeps what it has. A refusal is asked about again only while there is
# much time left, because each leaves a record and may raise an alarm.
renewal_failed() {
  v_outcome=
  { read -r v_outcome <"$v_folder/outcome"; } 2>/dev/null
  seconds_left "$v_issued_until"
  v_failures=$((v_failures + 1))
  v_wait=60
  [ "$v_failures" -ge 4 ] || v_wait=$((15 * v_failures))
  [ "$v_left" -le 0 ] || [ "$v_wait" -le "$((v_left / 2))" ] || v_wait=$((v_left / 2))
  [ "$v_wait" -ge 5 ] || v_wait=5
  v_due=$((v_now + v_wait))
  case $v_outcome in
  0:429) ;;
  0:4??)
    v_due=
    [ "$((v_left / 2))" -lt 60 ] || v_due=$((v_now + v_left / 2))
    ;;
  esac
  v_said=$(cat <"$v_folder/said" 2>/dev/null)
  # Not even the reason could be written, for example because the disk is full.
  [ -n "$v_said" ] || v_said="vend: can't write into $v_folder"
  [ "$v_said" != "$v_reason" ] || return 0
  v_reason=$v_said
  v_said=$(printf "vend: can't renew the credentials of %s, which end at %s:\n%s" "$v_role" "$v_issued_until" "$v_said")
  printf '%s\n' "$v_said" >&2
  { printf '%s\n' "$v_said" >"$v_folder/next-failure" && mv -f -- "$v_folder/next-failure" "$v_folder/failure"; } 2>/dev/null
}
