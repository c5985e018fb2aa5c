# ---------------------------------------------------------------- AWS's files

config_file() {
  at_home "${AWS_CONFIG_FILE:-~/.aws/config}"
}

credentials_file() {
  at_home "${AWS_SHARED_CREDENTIALS_FILE:-~/.aws/credentials}"
}

# at_home PATH: with a leading ~/ read as the SDKs do, for no shell has seen it when a
# YAML file or an env file set it.
at_home() {
  # shellcheck disable=SC2088 # here the tilde is a character
  case $1 in
  '~/'*) printf '%s/%s' "${HOME-}" "${1#??}" ;;
  *) printf '%s' "$1" ;;
  esac
}

# What stands between the brackets, for the two programs below.
# shellcheck disable=SC2016
TITLE_READER='
# Not by -v, where a backslash is not itself.
BEGIN { SECTION = ENVIRON["VEND_SECTION"] }
function title(row) {
  sub(/^\[[ \t]*/, "", row)
  sub(/[ \t]*\].*$/, "", row)
  gsub(/["\047]/, "", row)
  gsub(/[ \t]+/, " ", row)
  return row
}
'

# section_keys FILE SECTION: its keys and values, KEY=VALUE a line. Python reads an indented
# line as a key or as more of the value above, depending on what is above; one that would
# lead to another identity always counts as a key.
# shellcheck disable=SC2016
SECTION_READER='
{ sub(/\r$/, "") }
inside && /^[ \t]+[A-Za-z_0-9]+[ \t]*[=:]/ && tolower($1) ~ /^(role_arn|source_profile|credential_source|credential_process|web_identity_token_file|login_session|sso_[a-z_]*)([=:]|$)/ { sub(/^[ \t]+/, "") }
/^\[/ { inside = (title($0) == SECTION || SECTION == "profile default" && title($0) == "default"); next }
inside && /^[A-Za-z_0-9]+[ \t]*[=:]/ {
  key = $0
  sub(/[ \t]*[=:].*$/, "", key)
  sub(/^[^=:]*[=:][ \t]*/, "")
  sub(/[ \t]*$/, "")
  print tolower(key) "=" $0
}
'

section_keys() {
  [ -r "$1" ] && [ -f "$1" ] || return 0
  VEND_SECTION=$2 awk "$SECTION_READER$TITLE_READER" <"$1"
}
