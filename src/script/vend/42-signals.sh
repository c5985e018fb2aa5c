# ---------------------------------------------------------------- signals

# A shell that waits for a program runs no trap, and one without a trap dies at once and
# leaves the program running: curl for up to VEND_TIMEOUT. So the script dies, and a watcher
# ends the program. It reads from a pipe that nobody writes to and that this shell alone
# holds open, as 8: the end of the pipe is the end of this shell, however it came.

# mortal FUNCTION ARGUMENT...: while it runs, signals end this shell at once. Without a place
# for the pipe (a read-only file system) or mkfifo, a program in it ends when it is done.
mortal() {
  if ! make_pipe; then
    "$@"
    return
  fi
  v_alive=yes
  # Opened for both, it waits for nobody. Only for this block: the caller may use 8 and 9.
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

# start_cleaner: a process that removes the files if this shell dies without its EXIT trap.
start_cleaner() {
  (
    exec 8>&-
    trap '' HUP INT TERM
    read -r _ <&9
    # A program that is being ended at the same moment may still make a file.
    "$v_clean_up" || {
      nap
      "$v_clean_up"
    }
  ) </dev/null >/dev/null 2>&1 &
  v_cleaner=$!
  trap - HUP INT TERM
}

# stop_cleaner: the traps come first, so that one of the two always cleans up. It is waited
# for, or some shells would say that it was killed.
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

# watched COMMAND ARGUMENT...: ends with this script. For a subshell of a mortal function,
# which has closed 8.
watched() {
  if [ -z "$v_alive" ]; then
    "$@"
    return
  fi
  # Without a name for it, a program in the background has no input.
  { "$@" <&3 3<&- 9<&- & } 3<&0
  v_watched=$!
  {
    (
      trap '' HUP INT TERM
      read -r _ <&9
      kill "$v_watched"
    ) </dev/null >/dev/null &
    v_watcher=$!
    wait "$v_watched"
    v_watched=$?
    kill -9 "$v_watcher"
  } 2>/dev/null
  return "$v_watched"
}

# rest SECONDS: a sleep that ends with this script.
rest() {
  mortal rest_watched "$1"
}

rest_watched() (
  exec 8>&-
  watched sleep "$1" >/dev/null
)
