# ---------------------------------------------------------------- messages

say() {
  printf 'vend: %s\n' "$*" >&2
}

note() {
  [ -z "$v_verbose" ] || say "$*"
}

die() {
  say "$*"
  exit 1
}

usage_error() {
  say "$*"
  say "see: vend help${v_command:+ $v_command}"
  exit 2
}

# need PROGRAM...: ends the script if one is missing; otherwise a later command would fail with a
# misleading message.
need() {
  missing "$@" || die "$v_missing is required but is not on the PATH"
}

# missing PROGRAM...: fails if one is missing, and leaves its name in $v_missing.
missing() {
  for v_missing in "$@"; do
    command -v "$v_missing" >/dev/null 2>&1 || return 1
  done
}

# no_output: standard output could not be written. Ends silently if the reader has ended, as head
# does (SIGPIPE, exit code 141).
no_output() {
  [ "$?" != 141 ] || exit 141
  die "can't write the result"
}
