# ---------------------------------------------------------------- time

# epoch ISO: converts YYYY-MM-DDTHH:MM:SSZ to seconds since 1970, in $v_seconds; fails if ISO is no
# such time. `date -d` isn't POSIX. 1$x-100, because a leading zero would mean octal.
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
  # Let years begin in March: the leap day is then the last day of a year.
  if [ "$v_epoch_m" -le 2 ]; then
    v_epoch_y=$((v_epoch_y - 1))
    v_epoch_m=$((v_epoch_m + 12))
  fi
  v_epoch_days=$((365 * v_epoch_y + v_epoch_y / 4 - v_epoch_y / 100 + v_epoch_y / 400))
  v_epoch_days=$((v_epoch_days + (153 * (v_epoch_m - 3) + 2) / 5 + v_epoch_d - 719469))
  v_seconds=$((v_epoch_days * 86400 + v_epoch_h * 3600 + v_epoch_min * 60 + v_epoch_s))
}

# seconds_left ISO: the seconds until then, in $v_left; fails if ISO isn't a time.
seconds_left() {
  epoch "$1" || return 1
  v_left=$v_seconds
  now
  v_left=$((v_left - v_now))
}

# now: seconds since 1970, in $v_now.
now() {
  epoch "$(date -u +%Y-%m-%dT%H:%M:%SZ)" || die "can't read the time that date prints"
  v_now=$v_seconds
}
