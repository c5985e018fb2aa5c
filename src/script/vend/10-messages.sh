# ---------------------------------------------------------------- messages

say() {
  printf 'vend: %s\n' "$*" >&2
}

# tell WORDS...: what --quiet leaves out.
tell() {
  [ -n "$v_quiet" ] || say "$*"
}

# coloured NUMBER: whether that stream is a terminal whose user wants colours (no-color.org).
coloured() {
  [ -t "$1" ] && [ -z "${NO_COLOR-}" ] && [ "${TERM:-dumb}" != dumb ]
}

# fault WORDS...: the beginning of a message about a failure.
fault() {
  if coloured 2; then
    printf '\033[31mvend:\033[0m %s\n' "$*" >&2
  else
    say "$*"
  fi
}

note() {
  [ -z "$v_verbose" ] || say "$*"
}

die() {
  fault "$*"
  exit 1
}

usage_error() {
  fault "$*"
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
