# ---------------------------------------------------------------- the user's settings

# @awk settings-reader

# load_settings: reads the file, if there is one, into $v_settings, one KEY=VALUE a line.
load_settings() {
  [ -z "$v_settings" ] || return 0
  v_settings=$NL
  find_config || return 0
  need id ls
  v_settings=$NL$(read_settings)$NL
  case $v_settings in
  *"${NL}ok$NL") ;;
  *"${NL}fault="*)
    v_settings=${v_settings##*"${NL}fault="}
    die "$v_config_path, ${v_settings%"$NL"}"
    ;;
  *) exit 1 ;;
  esac
}

# read_settings: who could write this file, or put another in its place, could send the user's signed
# requests elsewhere, or have a name mean another client. In the folder, so that nobody can exchange
# it between the checks and the reading.
read_settings() {
  v_settings_folder=${v_config_path%/*}
  # shellcheck disable=SC2164 # or die
  cd -P -- "$v_settings_folder" 2>/dev/null || die "can't read $v_settings_folder"
  only_mine . d || die "$v_settings_folder must be yours, and others must not be able to write into it (chmod go-w)"
  [ ! -L config ] || die "$v_config_path is a symbolic link; vend reads only a file that is there itself"
  [ -f config ] || die "$v_config_path is not a file"
  only_mine config - || die "$v_config_path must be yours, and others must not be able to change it (chmod go-w)"
  [ -r config ] || die "can't read $v_config_path"
  head -c 65537 <config | tr '\000-\010\013-\037\177' '\001' | awk "$SETTINGS_READER"
}

# only_mine PATH TYPE: as is_private_folder, but others may read.
only_mine() {
  v_mine_type=$2
  # shellcheck disable=SC2046,SC2012 # only the first words are looked at
  set -- $(ls -ldn -- "$1" 2>/dev/null)
  case ${1-} in
  "$v_mine_type"????-??-*) [ "${3-}" = "$(id -u)" ] ;;
  *) return 1 ;;
  esac
}

# setting KEY: its value in $v_value.
setting() {
  v_value=
  case $v_settings in *"$NL$1="*) ;; *) return 1 ;; esac
  v_value=${v_settings#*"$NL$1="}
  v_value=${v_value%%"$NL"*}
}

# take_settings: the service's URL, and its region, which belongs to that URL and to no other.
take_settings() {
  load_settings
  setting url || return 0
  v_url=$v_value
  ! setting region || [ -n "$v_api_region" ] || v_api_region=$v_value
}
