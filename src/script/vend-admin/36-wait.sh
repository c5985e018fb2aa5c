# ---------------------------------------------------------------- waiting for a client

# @awk wait-rows

# The schedule looks every hour at first, so there is no point in asking more often.
WAIT_SECONDS=60

# How long the schedule probes a new role: 14 days.
AWAITED_SECONDS=1209600

# client_wait: waits until all roles of the client are verified. Only looks: the schedule probes new
# roles and activates those for which that was asked. Ends early if nothing more happens by itself.
client_wait() {
  now
  v_wait_end=$((v_now + v_timeout_given))
  v_wait_said=
  while :; do
    find_client "$v_first" || die "there is no client $v_first: vend client put $v_first --name NAME --role ARN"
    wait_states
    [ -n "$v_wait_states" ] || die "client $v_first has no role: vend client put $v_first --role ARN"
    if [ -z "$v_wait_pending$v_wait_stuck" ]; then
      printf '%s' "$v_wait_states" || no_output
      return
    fi
    [ -n "$v_wait_pending" ] || {
      say "client $v_first is not ready, and no role becomes so by itself:"
      server_lines "${v_wait_states%"$NL"}"
      exit 1
    }
    [ "$v_wait_states" = "$v_wait_said" ] || server_lines "${v_wait_states%"$NL"}"
    v_wait_said=$v_wait_states
    now
    [ "$v_now" -lt "$v_wait_end" ] || die "client $v_first is not ready yet; the schedule goes on, and so can you: vend client wait $v_first"
    need sleep
    v_wait_pause=$((v_wait_end - v_now))
    [ "$v_wait_pause" -le "$WAIT_SECONDS" ] || v_wait_pause=$WAIT_SECONDS
    rest "$v_wait_pause"
  done
}

# wait_states: leaves a line for each role in $v_wait_states, and whether one is pending or stuck.
wait_states() {
  v_wait_states='' v_wait_pending='' v_wait_stuck='' v_wait_unprobed=yes
  ! probes_new_roles || v_wait_unprobed=
  v_wait_left=$(printf '%s' "$v_flat" | awk "$WAIT_ROWS")$NL
  now
  while [ -n "${v_wait_left%"$NL"}" ]; do
    v_wait_row=${v_wait_left%%"$NL"*}
    v_wait_left=${v_wait_left#*"$NL"}
    v_wait_state=${v_wait_row%%"$TAB"*}
    v_wait_row=${v_wait_row#*"$TAB"}
    v_wait_role=${v_wait_row#*"$TAB"}
    is_role_arn "$v_wait_role" || die 'the answer names an invalid role'
    [ "$v_wait_state" != pending ] || ! wait_is_over "${v_wait_row%%"$TAB"*}" || v_wait_state=ended
    [ "$v_wait_state$v_wait_unprobed" != pendingyes ] || v_wait_state=unprobed
    case $v_wait_state in
    verified) v_wait_words=verified ;;
    pending) v_wait_words='not created yet, or not as it must be: the schedule probes it' v_wait_pending=yes ;;
    ready) v_wait_words="safe, and waiting for an administrator: vend client verify $v_wait_role" v_wait_stuck=yes ;;
    drifted) v_wait_words="found to let others in: vend client verify $v_wait_role" v_wait_stuck=yes ;;
    unprobed) v_wait_words="not verified, and no schedule probes it (parameter ReprobeSchedule): vend client verify $v_wait_role" v_wait_stuck=yes ;;
    suspended) v_wait_words="of a suspended client: vend client resume $v_first" v_wait_stuck=yes ;;
    closed) v_wait_words='not probed, since the client has suspended itself: it can resume with vend mine resume' v_wait_stuck=yes ;;
    *) v_wait_words="not verified, and no longer probed: vend client verify $v_wait_role" v_wait_stuck=yes ;;
    esac
    v_wait_states="$v_wait_states$v_wait_role $v_wait_words$NL"
  done
}

# wait_is_over SINCE: whether the schedule has stopped probing a role of this time.
wait_is_over() {
  case $1 in
  ????-??-??T??:??:??.*Z) epoch "${1%%.*}Z" ;;
  *) epoch "$1" ;;
  esac && [ "$((v_now - v_seconds))" -ge "$AWAITED_SECONDS" ]
}

# parse_timeout TEXT: seconds in $v_timeout_given.
parse_timeout() {
  case $1 in
  *s) v_timeout_given=${1%s} v_timeout_unit=1 ;;
  *m) v_timeout_given=${1%m} v_timeout_unit=60 ;;
  *h) v_timeout_given=${1%h} v_timeout_unit=3600 ;;
  *d) v_timeout_given=${1%d} v_timeout_unit=86400 ;;
  *) v_timeout_given=$1 v_timeout_unit=1 ;;
  esac
  is_number "$v_timeout_given" && [ "${#v_timeout_given}" -le 6 ] ||
    usage_error '--timeout takes a number of seconds, or a number with m, h or d: 600, 30m, 24h, 14d'
  v_timeout_given=$((v_timeout_given * v_timeout_unit))
}
