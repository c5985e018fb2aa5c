# ---------------------------------------------------------------- AWS's files

config_file() {
  at_home "${AWS_CONFIG_FILE:-~/.aws/config}"
}

credentials_file() {
  at_home "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"
}

# at_home PATH: expands a leading ~/ as the SDKs do. No shell has expanded it if a YAML or env file
# set the variable.
at_home() {
  # shellcheck disable=SC2088 # here the tilde is a character
  case $1 in
  '~/'*) printf '%s/%s' "${HOME-}" "${1#??}" ;;
  *) printf '%s' "$1" ;;
  esac
}

# @awk title-reader

# @awk section-reader

# section_keys FILE SECTION: prints its keys and values, one KEY=VALUE a line.
section_keys() {
  [ -r "$1" ] && [ -f "$1" ] || return 0
  VEND_SECTION=$2 awk "$SECTION_READER$TITLE_READER" <"$1"
}
