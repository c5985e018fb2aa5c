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

# need PROGRAM...: without it, what follows would fail and blame something else.
need() {
  missing "$@" || die "$v_missing is needed and is not on the PATH"
}

# missing PROGRAM...: fails with the first that is not there in $v_missing.
missing() {
  for v_missing in "$@"; do
    command -v "$v_missing" >/dev/null 2>&1 || return 1
  done
}

# no_output: for what could not be written to standard output. Without a word if its reader
# has ended, as head does (signal 13).
no_output() {
  [ "$?" != 141 ] || exit 141
  die "can't write the result"
}
