# ---------------------------------------------------------------- sections of AWS's files

# @awk section-editor

# edit_section FILE SECTION EDITS [private]: writes the new file beside the old one and renames it,
# so that the old file stays intact if vend is killed or the disk is full.
edit_section() {
  real_path "$1"
  v_edit_folder=${v_real%/*}
  v_edit_name=${v_real##*/}
  (umask 077 && mkdir -p -- "${v_edit_folder:-/}") || die "can't make the folder $v_edit_folder"
  wait_for_lock "$v_edit_folder/.$v_edit_name.vend-lock"
  # Check again: another vend may have changed the role of the profile since.
  check_profile
  # Left by runs that were killed. Nobody else writes while this process holds the lock.
  set +f
  rm -f -- "$v_edit_folder/.$v_edit_name.vend-new."*
  set -f
  v_temporary=$v_edit_folder/.$v_edit_name.vend-new.$$
  v_edit_old=$v_real
  v_edit_open=0
  if [ -e "$v_real" ]; then
    check_file
    # Copies the mode and owner; the content is replaced.
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
    mv -f -- "$v_temporary" "$v_real" || die "can't write $v_real; it is unchanged"
  v_temporary=
  unlock
}

# Refuses files that awk would damage or misread.
check_file() {
  [ -f "$v_real" ] && [ -r "$v_real" ] && [ -w "$v_real" ] || die "$v_real is not a file that can be read and written"
  find_file_fault "$v_real"
  [ -z "$v_file_fault" ] || die "$v_real $v_file_fault; vend did not change it"
}

wait_for_lock() {
  v_edit_waits=0
  until lock "$1"; do
    v_edit_waits=$((v_edit_waits + 1))
    [ -z "$v_lock_fault" ] || die "can't write $v_real: $v_lock_fault"
    [ "$v_edit_waits" -le 300 ] || die "another vend is writing $v_real; if not, remove $1"
    nap
  done
  # From here on nothing takes long.
  exit_on_signals
}

# real_path FILE: leaves the absolute path in $v_real, with links followed, so that a link stays a
# link.
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
