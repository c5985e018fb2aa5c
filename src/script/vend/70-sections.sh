# ---------------------------------------------------------------- profiles

# @awk section-editor

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
