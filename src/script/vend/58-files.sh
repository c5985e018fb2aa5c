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

# plain_files: whether vend reads AWS's files exactly as the SDKs do; leaves the reason in
# $v_files_why if not. A profile that vend overlooks could let it call with another identity.
plain_files() {
  plain_file "${AWS_CONFIG_FILE-}" "$(config_file)" && plain_file "${AWS_SHARED_CREDENTIALS_FILE-}" "$(credentials_file)"
}

# plain_file SETTING FILE: an SDK may expand variables and ~name in the setting, and read a pipe.
plain_file() {
  v_file_fault=
  case $1 in
  *'$'* | '~' | '~'[!/]*) v_file_fault='has a $ or ~ in its path, which vend does not expand' ;;
  /dev/null) ;;
  *)
    if [ ! -e "$2" ]; then
      :
    elif [ -f "$2" ] && [ -r "$2" ]; then
      find_file_fault "$2"
    else
      v_file_fault='is not a file that vend can read'
    fi
    ;;
  esac
  v_files_why="$2 $v_file_fault, so vend can't be certain of it"
  [ -z "$v_file_fault" ]
}

# find_file_fault FILE: leaves in $v_file_fault why awk would misread the file, or nothing. Some
# awks stop at a NUL. To Python, a carriage return ends a line, and any blank before [ is
# indentation.
find_file_fault() {
  v_file_fault=$(
    tr '\000' '\001' <"$1" | awk '
      /\001/ { fault = "has NUL characters in it"; exit }
      NR == 1 && substr($0, 1, 3) == "\357\273\277" { fault = "begins with a byte order mark, which hides its first section"; exit }
      /\r./ { fault = "has a carriage return within a line"; exit }
      /^[^!-~]+\[/ { fault = "has a section whose [ is indented"; exit }
      END { print fault == "" ? "none" : fault }'
  )
  case $v_file_fault in
  none) v_file_fault= ;;
  '') v_file_fault="can't be read" ;;
  esac
}

# @awk title-reader

# @awk section-reader

# section_keys FILE SECTION: prints its keys and values, one KEY=VALUE a line.
section_keys() {
  [ -r "$1" ] && [ -f "$1" ] || return 0
  VEND_SECTION=$2 awk "$SECTION_READER$TITLE_READER" <"$1"
}
