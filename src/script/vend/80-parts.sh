# ---------------------------------------------------------------- script and parts

# find_script: the path of this script, in $v_script.
find_script() {
  v_script=$0
  case $0 in
  */*) ;;
  *) [ -f "$0" ] || v_script=$(command -v -- "$0") ;;
  esac
  case $v_script in */*) ;; *) v_script=./$v_script ;; esac
  [ -f "$v_script" ] && v_script_folder=$(cd -- "${v_script%/*}/" >/dev/null && pwd) ||
    die "can't find the path of vend"
  v_script=${v_script_folder%/}/${v_script##*/}
}

# has_part NAME: whether the file is there. Leaves its path in $v_part.
has_part() {
  find_script
  real_path "$v_script"
  v_part=${v_real%/*}/vend-$1
  [ -f "$v_part" ] && [ -r "$v_part" ]
}

# part NAME: reads vend-NAME, which is beside the script itself, not beside a link to it.
part() {
  has_part "$1" ||
    die "this command needs the file vend-$1, which is missing: put it beside vend, in ${v_real%/*}"
  v_part_build=
  # shellcheck disable=SC1090 # linted by itself
  . "$v_part"
  [ "$v_part_build" = "$VEND_BUILD" ] ||
    die "vend-$1 is of another version than vend: take both from the same release"
}

# temporary_place: the temporary folder, in $v_place. Absolute, because -t as an argument would be
# an option; without control characters, because a line break would start another option in the
# config for curl.
temporary_place() {
  v_place=${TMPDIR:-/tmp}
  case $v_place in /*) ;; *) v_place=$(pwd)/$v_place ;; esac
  case $v_place in *\\*) return 1 ;; esac
  only_text "$v_place"
}
