# ---------------------------------------------------------------- numbers and times

# counted N NOUN: "1 record" or "2 records", in $v_counted.
counted() {
  v_counted="$1 $2"
  [ "$1" = 1 ] || v_counted="$1 ${2}s"
}

# iso SECONDS: the inverse of epoch, in $v_moment.
iso() {
  [ "$1" -ge 0 ] && [ "$1" -le 253402300799 ] || usage_error 'a time must be between 1970 and 9999'
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

# moment TEXT SIGN: converts a date, or a time ago (-1) or ahead (1) such as 90m, 8h or 7d, to a
# time in $v_moment. Leaves any other text as it is; the caller checks it.
moment() {
  case $1 in
  *[0-9]m) v_moment_unit=60 ;;
  *[0-9]h) v_moment_unit=3600 ;;
  *[0-9]d) v_moment_unit=86400 ;;
  [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9])
    v_moment=${1}T00:00:00Z
    return
    ;;
  *)
    v_moment=$1
    return
    ;;
  esac
  is_number "${1%?}" && [ "${#1}" -le 7 ] || bad_moment
  now
  iso "$((v_now + $2 * ${1%?} * v_moment_unit))"
}

bad_moment() {
  usage_error "$v_argument takes a date, a time in UTC, or a time from now: 2026-01-31, 2026-01-31T14:00:00Z, 90m, 8h, 7d"
}
