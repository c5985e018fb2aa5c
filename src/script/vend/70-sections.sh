# ---------------------------------------------------------------- profiles

# Rewrites one section of a file of AWS's. Reads the edits first (set KEY VALUE, drop KEY,
# with tabs between), then the file twice: to see which keys are there, and to copy it.
# Only the lines of those keys change; the rest goes out as it came in, also line ends
# and a missing last one. A key's indented lines belong to it and go with it. With
# -v COUNT=1 it prints how many bytes it would write, for some awks lose what they write
# to a full disk and say nothing.
# shellcheck disable=SC2016
SECTION_EDITOR='
BEGIN { FS = "\t"; ORS = "" }
FNR == 1 { part++ }
part == 1 {
  if ($1 == "set") { order[++sets] = $2; edit[$2] = substr($0, length($1 $2) + 3) }
  own[$2] = 1
  next
}
{ head = ($0 ~ /^\[/) }
head { inside = (title($0) == SECTION || SECTION == "default" && title($0) == "profile default") }
part == 2 {
  if (head && inside) found = 1
  if (inside && key($0) in edit) there[key($0)] = 1
  next
}
head { gone = 0 }
gone && /^[ \t]+[^ \t\r]/ { next }
{ gone = 0 }
inside && !head && key($0) in own {
  word = key($0)
  if (word in edit && !(word in done)) { out(word " = " edit[word] eol()); done[word] = 1 }
  gone = 1
  next
}
{ out($0) }
head && inside && !added {
  added = 1
  for (i = 1; i <= sets; i++) if (!(order[i] in there)) out(order[i] " = " edit[order[i]] eol())
}
END {
  if (!found && sets) {
    crlf = (last ~ /\r$/) ? "\r" : ""
    if (OPEN && crlf == "" && past ~ /\r$/) { crlf = "\r"; put(crlf) }
    if (rows && last !~ /^[ \t\r]*$/) out(crlf)
    out("[" SECTION "]" crlf)
    for (i = 1; i <= sets; i++) out(order[i] " = " edit[order[i]] crlf)
    put("\n")
  }
  else if (rows && !OPEN) put("\n")
  if (COUNT) print size + 0
}
function out(row) { if (rows++) put("\n"); put(row); past = last; last = row }
function put(piece) { size += length(piece); if (!COUNT) print piece }
function eol() { return ($0 ~ /\r$/) ? "\r" : "" }
function key(row) {
  if (row !~ /^[A-Za-z0-9_]+[ \t]*[=:]/) return ""
  sub(/[ \t]*[=:].*$/, "", row)
  return tolower(row)
}
'

# edit_section FILE SECTION EDITS [private]: whoever is killed on the way, or fills the
# disk, leaves the old file whole: the new one is written beside it and renamed.
edit_section() {
  real_path "$1"
  v_edit_folder=${v_real%/*}
  v_edit_name=${v_real##*/}
  (umask 077 && mkdir -p -- "${v_edit_folder:-/}") || die "can't make the folder $v_edit_folder"
  wait_for_lock "$v_edit_folder/.$v_edit_name.vend-lock"
  # Again: another vend may have made the profile another role's since.
  check_profile
  # Of runs that were killed; nobody else writes while the lock is held.
  set +f
  rm -f -- "$v_edit_folder/.$v_edit_name.vend-new."*
  set -f
  v_temporary=$v_edit_folder/.$v_edit_name.vend-new.$$
  v_edit_old=$v_real
  v_edit_open=0
  if [ -e "$v_real" ]; then
    check_file
    # For its mode and owner; the content is written anew.
    cp -p -- "$v_real" "$v_temporary" || die "can't write into $v_edit_folder"
    [ -z "${4-}" ] || chmod go-rwx "$v_temporary"
    [ -z "$(tail -c 1 -- "$v_real" | tr -d '\n')" ] || v_edit_open=1
  else
    v_edit_old=/dev/null
    (umask 077 && : >"$v_temporary") || die "can't write into $v_edit_folder"
  fi
  v_edit_size=$(
    printf '%s' "$3" |
      VEND_SECTION=$2 awk -v COUNT=1 -v OPEN="$v_edit_open" "$SECTION_EDITOR$TITLE_READER" - "$v_edit_old" "$v_edit_old"
  )
  printf '%s' "$3" |
    VEND_SECTION=$2 awk -v COUNT=0 -v OPEN="$v_edit_open" "$SECTION_EDITOR$TITLE_READER" - "$v_edit_old" "$v_edit_old" |
    cat >"$v_temporary" &&
    is_number "$v_edit_size" && [ "$(wc -c <"$v_temporary")" -eq "$v_edit_size" ] &&
    mv -f -- "$v_temporary" "$v_real" || die "can't write $v_real; it is as it was"
  v_temporary=
  unlock
}

# What awk would garble or miss must not be rewritten by it.
check_file() {
  [ -f "$v_real" ] && [ -r "$v_real" ] && [ -w "$v_real" ] || die "$v_real is not a file that can be read and written"
  [ "$(tr -d '\000' <"$v_real" | wc -c)" -eq "$(wc -c <"$v_real")" ] || die "$v_real has NUL characters in it; it stays as it is"
  [ "$(head -c 3 <"$v_real" | od -An -tx1 | tr -d ' \n')" != efbbbf ] ||
    die "$v_real begins with a byte order mark, which hides its first section; it stays as it is"
  ! grep -q '^[[:blank:]][[:blank:]]*\[' "$v_real" || die "$v_real has a section whose [ is indented; it stays as it is"
}

wait_for_lock() {
  v_edit_waits=0
  until lock "$1"; do
    v_edit_waits=$((v_edit_waits + 1))
    [ -z "$v_lock_fault" ] || die "can't write $v_real: $v_lock_fault"
    [ "$v_edit_waits" -le 300 ] || die "another vend is writing $v_real; if not, remove $1"
    nap
  done
  # Nothing takes long from here on.
  exit_on_signals
}

# real_path FILE: in $v_real, absolute, links followed, so that a link stays one.
real_path() {
  v_real=$1
  case $v_real in /*) ;; *) v_real=$(pwd)/$v_real ;; esac
  v_real_hops=0
  while [ -L "$v_real" ]; do
    need readlink
    v_real_hops=$((v_real_hops + 1))
    [ "$v_real_hops" -le 40 ] || die "$1: too many links"
    v_real_target=$(readlink "$v_real")
    case $v_real_target in
    /*) v_real=$v_real_target ;;
    *) v_real=${v_real%/*}/$v_real_target ;;
    esac
  done
}
