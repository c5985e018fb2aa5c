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

# each_argument HANDLER ARGUMENT...: for the parts, which say by takes_value what has a value:
# each option or word in $v_argument, its value in $v_given.
each_argument() {
  v_handler=$1
  shift
  while [ $# -gt 0 ]; do
    v_argument=$1
    v_given=
    shift
    case $v_argument in
    --*=*)
      v_given=${v_argument#*=}
      v_argument=${v_argument%%=*}
      takes_value || usage_error "$v_argument takes no value, or is unknown"
      ;;
    -?*)
      if takes_value; then
        [ $# -gt 0 ] || usage_error "$v_argument needs a value"
        v_given=$1
        shift
      fi
      ;;
    esac
    ! takes_value || [ -n "$v_given" ] || usage_error "$v_argument needs a value"
    only_text "$v_argument$v_given" || usage_error 'an argument has control characters in it'
    "$v_handler"
  done
}

# make_folder: for what is too long for a shell's variables; gone when the script ends.
make_folder() {
  need cat cut grep mkdir od rm sort tail wc
  temporary_place || die 'TMPDIR has a backslash or control characters in it, or is relative to a folder that has; set it to another folder'
  v_folder=$v_place/vend.$$.$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077 && mkdir -- "$v_folder") || die "can't make a folder in $v_place; set TMPDIR to one that you can write into"
  v_clean_up=drop_folder
  clean_up_at_exit
}

drop_folder() {
  rm -rf -- "$v_folder"
}

# temporary_place: in $v_place, absolute: in an argument, -t would be an option, and a line
# break would make two options of one in curl's config.
temporary_place() {
  v_place=${TMPDIR:-/tmp}
  case $v_place in /*) ;; *) v_place=$(pwd)/$v_place ;; esac
  case $v_place in *\\*) return 1 ;; esac
  only_text "$v_place"
}

# into FILE COMMAND...: what the command prints, in a file of $v_folder. Both are checked: a
# file that is cut short could leave out grants or evidence, and not every awk, sort or head
# says that a disk is full. In a pipeline, add || exit 1.
into() {
  printf '' >"$1" || no_room
  onto "$@"
}

# onto FILE COMMAND...: the same, behind what is in the file.
onto() {
  v_onto=$1
  shift
  { "$@" || printf '' >"$v_folder/failed"; } | cat >>"$v_onto" && [ ! -e "$v_folder/failed" ] || no_room
}

no_room() {
  die "can't write into $v_folder"
}
