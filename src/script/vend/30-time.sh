# ---------------------------------------------------------------- time

# epoch ISO: seconds since 1970 of YYYY-MM-DDTHH:MM:SSZ, in $v_seconds. No `date -d`: it
# isn't POSIX. 1$x-100: a leading zero would mean octal.
epoch() {
  case $1 in
  [12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z) ;;
  *) return 1 ;;
  esac
  v_epoch_rest=${1#????-}
  v_epoch_y=${1%%-*}
  v_epoch_m=$((1${v_epoch_rest%%-*} - 100))
  v_epoch_rest=${v_epoch_rest#??-}
  v_epoch_d=$((1${v_epoch_rest%%T*} - 100))
  v_epoch_rest=${v_epoch_rest#??T}
  v_epoch_h=$((1${v_epoch_rest%%:*} - 100))
  v_epoch_rest=${v_epoch_rest#??:}
  v_epoch_min=$((1${v_epoch_rest%%:*} - 100))
  v_epoch_rest=${v_epoch_rest#??:}
  v_epoch_s=$((1${v_epoch_rest%Z} - 100))
  [ "$v_epoch_m" -ge 1 ] && [ "$v_epoch_m" -le 12 ] && [ "$v_epoch_d" -ge 1 ] && [ "$v_epoch_d" -le 31 ] || return 1
  [ "$v_epoch_h" -le 23 ] || return 1
  # Years that begin in March: the leap day is the last of one.
  if [ "$v_epoch_m" -le 2 ]; then
    v_epoch_y=$((v_epoch_y - 1))
    v_epoch_m=$((v_epoch_m + 12))
  fi
  v_epoch_days=$((365 * v_epoch_y + v_epoch_y / 4 - v_epoch_y / 100 + v_epoch_y / 400))
  v_epoch_days=$((v_epoch_days + (153 * (v_epoch_m - 3) + 2) / 5 + v_epoch_d - 719469))
  v_seconds=$((v_epoch_days * 86400 + v_epoch_h * 3600 + v_epoch_min * 60 + v_epoch_s))
}

# seconds_left ISO: in $v_left; fails when ISO isn't a time.
seconds_left() {
  epoch "$1" || return 1
  v_left=$v_seconds
  epoch "$(date -u +%Y-%m-%dT%H:%M:%SZ)" || die "date gives no time that can be read"
  v_left=$((v_left - v_seconds))
}

# shellcheck disable=SC2034 # for the parts
now() {
  epoch "$(date -u +%Y-%m-%dT%H:%M:%SZ)" || die 'date gives no time that can be read'
  v_now=$v_seconds
}

# iso SECONDS: the inverse of epoch, in $v_moment.
# shellcheck disable=SC2034 # for the parts
iso() {
  [ "$1" -ge 0 ] && [ "$1" -le 253402300799 ] || usage_error 'a moment lies between 1970 and 9999'
  v_iso_days=$(($1 / 86400 + 719468))
  v_iso_era=$((v_iso_days / 146097))
  v_iso_of_era=$((v_iso_days % 146097))
  v_iso_year=$(((v_iso_of_era - v_iso_of_era / 1460 + v_iso_of_era / 36524 - v_iso_of_era / 146096) / 365))
  v_iso_of_year=$((v_iso_of_era - (365 * v_iso_year + v_iso_year / 4 - v_iso_year / 100)))
  v_iso_month=$(((5 * v_iso_of_year + 2) / 153))
  v_iso_day=$((v_iso_of_year - (153 * v_iso_month + 2) / 5 + 1))
  v_iso_month=$((v_iso_month < 10 ? v_iso_month + 3 : v_iso_month - 9))
  v_iso_year=$((v_iso_year + v_iso_era * 400 + (v_iso_month <= 2 ? 1 : 0)))
  v_moment=$(printf '%04d-%02d-%02dT%02d:%02d:%02dZ' "$v_iso_year" "$v_iso_month" "$v_iso_day" \
    "$(($1 % 86400 / 3600))" "$(($1 % 3600 / 60))" "$(($1 % 60))")
}
