# ---------------------------------------------------------------- signals

# A shell with a trap runs it only when the program it waits for has ended; a shell without a trap
# dies at once and leaves the program running, curl for up to VEND_TIMEOUT. So the script has no
# trap while it waits, and a watcher ends the program. The watcher reads from a pipe that nobody
# writes to and that only this shell holds open, as 8: the pipe ends when this shell does, for
# whatever reason.

# mortal FUNCTION ARGUMENT...: lets signals end this shell at once while the function runs. If the
# pipe can not be made (read-only file system, no mkfifo), a program in the function ends only when
# it is done.
mortal() {
  if ! make_pipe; then
    "$@"
    return
  fi
  v_alive=yes
  # Opened for reading and writing, so that opening does not block. Only for this block: the caller
  # may use 8 and 9.
  # shellcheck disable=SC2094 # its name goes, the pipe stays
  {
    rm -f -- "$v_alive_path"
    [ -z "$v_folder" ] || start_cleaner
    "$@"
    v_mortal_status=$?
    [ -z "$v_folder" ] || stop_cleaner
  } 8<>"$v_alive_path" 9<"$v_alive_path"
  v_alive=
  return "$v_mortal_status"
}

# start_cleaner: starts a process that removes the files if this shell dies without running its
# EXIT trap.
start_cleaner() {
  (
    exec 8>&-
    trap '' HUP INT TERM
    [ -n "$v_clean_up_says" ] || exec 2>/dev/null
    read -r _ <&9
    # A program that is being ended at the same moment may still create a file.
    "$v_clean_up" || {
      nap
      "$v_clean_up"
    }
  ) </dev/null >/dev/null &
  v_cleaner=$!
  trap - HUP INT TERM
}

# stop_cleaner: sets the traps first, so that at any time one of the two cleans up. Waits for the
# cleaner, because some shells would report that it was killed.
stop_cleaner() {
  clean_up_at_exit
  {
    kill -9 "$v_cleaner"
    wait "$v_cleaner"
  } 2>/dev/null
}

# clean_up_at_exit: also when a signal ends the script.
clean_up_at_exit() {
  trap '"$v_clean_up"' EXIT
  exit_on_signals
}

make_pipe() {
  missing mkfifo rm || return 1
  temporary_place || return 1
  v_alive_path=$v_place/vend-alive.$$
  mkfifo -m 600 -- "$v_alive_path" 2>/dev/null
}

exit_on_signals() {
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# watched COMMAND ARGUMENT...: runs a program that ends when this script does. For a subshell of a
# mortal function, which has closed 8.
watched() {
  if [ -z "$v_alive" ]; then
    "$@"
    return
  fi
  # A program in the background loses its standard input unless it is passed under another number.
  { "$@" <&3 3<&- 9<&- & } 3<&0
  v_watched=$!
  {
    (
      trap '' HUP INT TERM
      read -r _ <&9
      kill -s "$v_watch_signal" "$v_watched"
    ) </dev/null >/dev/null &
    v_watcher=$!
    wait "$v_watched"
    v_watched=$?
    kill -9 "$v_watcher"
  } 2>/dev/null
  return "$v_watched"
}

# rest SECONDS: a sleep that ends when this script does.
rest() {
  mortal rest_watched "$1"
}

rest_watched() (
  exec 8>&-
  watched sleep "$1" >/dev/null
)
