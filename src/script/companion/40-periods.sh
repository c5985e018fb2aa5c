# ---------------------------------------------------------------- periods

# span TEXT: the period that a text names, in UTC: a year, a month, a day, an hour, or a word for one.
# Its first second is left in $v_span_from and the first one after it in $v_span_to. Fails for any
# other text.
span() {
  case $1 in
  today | yesterday | this-month | last-month)
    now
    iso "$v_now"
    case $1 in
    today) set -- "${v_moment%T*}" ;;
    yesterday)
      iso "$((v_now - 86400))"
      set -- "${v_moment%T*}"
      ;;
    this-month) set -- "${v_moment%-*}" ;;
    last-month)
      epoch "${v_moment%-*}-01T00:00:00Z"
      iso "$((v_seconds - 1))"
      set -- "${v_moment%-*}"
      ;;
    esac
    ;;
  esac
  case $1 in
  [0-9][0-9][0-9][0-9]) span_of "$1-01-01T00:00:00Z" 366 -01-01 ;;
  [0-9][0-9][0-9][0-9]-[0-9][0-9]) span_of "$1-01T00:00:00Z" 31 -01 ;;
  [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) span_of "${1}T00:00:00Z" 1 '' ;;
  [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9])
    exact_epoch "$1:00:00Z" || return 1
    v_span_from=$v_seconds
    v_span_to=$((v_seconds + 3600))
    ;;
  *) return 1 ;;
  esac
}

# span_of ISO DAYS END: the period from ISO to DAYS later, and then back to the day that END names: the
# first of the month, or of the year, or that day itself.
span_of() {
  exact_epoch "$1" || return 1
  v_span_from=$v_seconds
  iso "$((v_seconds + $2 * 86400))"
  case $3 in
  -01-01) v_moment=${v_moment%%-*} ;;
  -01) v_moment=${v_moment%-*} ;;
  '') v_moment=${v_moment%T*} ;;
  esac
  epoch "$v_moment${3}T00:00:00Z" || return 1
  v_span_to=$v_seconds
}

# exact_epoch ISO: as epoch, but fails for the 30th of February, which epoch takes for a day of March.
exact_epoch() {
  epoch "$1" || return 1
  [ "$v_seconds" -ge 0 ] || return 1
  iso "$v_seconds"
  [ "$v_moment" = "$1" ]
}

# past_moment: converts $v_given to a time in $v_moment. A period stands for its beginning.
past_moment() {
  if span "$v_given"; then
    iso "$v_span_from"
    return
  fi
  case $v_given in
  *[0-9][mhd]) moment "$v_given" -1 ;;
  *) v_moment=$v_given ;;
  esac
  exact_epoch "$v_moment" ||
    usage_error "$v_argument takes a date, a time in UTC, or a time ago: 2026-01-31, 2026-01, yesterday, 2026-01-31T14:00:00Z, 90m, 8h, 7d"
}
