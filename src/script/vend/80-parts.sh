# ---------------------------------------------------------------- this file

# find_script: where it is, in $v_script.
find_script() {
  v_script=$0
  case $0 in
  */*) ;;
  *) [ -f "$0" ] || v_script=$(command -v -- "$0") ;;
  esac
  case $v_script in */*) ;; *) v_script=./$v_script ;; esac
  [ -f "$v_script" ] && v_script_folder=$(cd -- "${v_script%/*}/" >/dev/null && pwd) ||
    die "can't find out where vend is"
  v_script=${v_script_folder%/}/${v_script##*/}
}

# part NAME: reads the part of the script that lies beside it. Beside the file itself, not
# beside a link to it.
part() {
  find_script
  real_path "$v_script"
  v_part=${v_real%/*}/vend-$1
  [ -f "$v_part" ] && [ -r "$v_part" ] ||
    die "vend $v_command is in the file vend-$1, which is not where vend is: copy it to ${v_real%/*}"
  # shellcheck disable=SC1090 # linted by itself
  . "$v_part"
}

# temporary_place: in $v_place, absolute: in an argument, -t would be an option, and a line
# break would make two options of one in curl's config.
temporary_place() {
  v_place=${TMPDIR:-/tmp}
  case $v_place in /*) ;; *) v_place=$(pwd)/$v_place ;; esac
  case $v_place in *\\*) return 1 ;; esac
  only_text "$v_place"
}
