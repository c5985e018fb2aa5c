# ---------------------------------------------------------------- events

# @awk event-reader

# @awk event-stripper

# The largest log file that is read, unpacked. One of CloudTrail's has some megabytes.
LOG_BYTES=268435456

# read_events: the vendor role's events in $v_first (a file, a folder, or - for standard input),
# each once and in order of time, in $v_folder/events. What could not be read is in $v_unread.
read_events() {
  v_files=0 v_skipped=0 v_unread=0
  into "$v_folder/names" :
  into "$v_folder/status" :
  [ ! -d "$v_first" ] || each_file count_file
  [ ! -d "$v_first" ] || [ "$v_files" -gt 0 ] || die "the folder has no log files (*.json.gz) that were delivered in the period"
  [ -d "$v_first" ] || v_files=1
  [ ! -f "$v_first" ] || ! is_packed "$v_first" || find_unpacker
  mortal unsorted_events || exit 1
  [ "$v_files" = 1 ] || [ ! -t 2 ] || printf '\n' >&2
  v_unread=$(grep -c -e '^bad' -e '^empty' "$v_folder/status") || :
  if [ ! -d "$v_first" ]; then
    # A query of Athena without a result leaves an empty file.
    ! grep -q '^empty' "$v_folder/status" || {
      say 'the input is empty: it is compared as one without any event'
      into "$v_folder/status" :
      v_unread=0
    }
    [ ! -s "$v_folder/status" ] ||
      die 'the input is incomplete or not JSON, or is neither lookup-events output, log files, nor a sequence of events'
  else
    v_skipped=$((v_skipped + $(grep -c '^other' "$v_folder/status" || :)))
    [ "$v_unread" -lt "$v_files" ] || {
      say_unread
      die 'no file could be read'
    }
  fi
  into "$v_folder/sorted" sort -u "$v_folder/unsorted"
  rm -f -- "$v_folder/unsorted"
  find_vendor_role
  # shellcheck disable=SC2016
  into "$v_folder/events" awk -F "$TAB" -v name="$v_vendor_name" -v id="$v_vendor_id" \
    'name == "" || $4 != "known" || index($5, name) || id != "" && index($5, id)' "$v_folder/sorted"
  rm -f -- "$v_folder/sorted"
}

unsorted_events() (
  exec 8>&-
  watched feed_files |
    into "$v_folder/unsorted" awk -v STATUS="$v_folder/status" "$EVENT_READER$EVENT_STRIPPER$UTF8_READER" || exit 1
)

# each_file FUNCTION: calls it with each file in the folder and below, in order of their names.
# Does not follow links to folders, which could lead around in a circle.
each_file() {
  # A name that began with a dash would be an option of find.
  case $v_first in /*) v_top=$v_first ;; *) v_top=./$v_first ;; esac
  set +f
  in_folder "$1" "${v_top%/}"
  set -f
}

in_folder() {
  for v_entry in "$2"/* "$2"/.[!.]*; do
    if [ -d "$v_entry" ] && [ -r "$v_entry" ] && [ -x "$v_entry" ]; then
      [ -L "$v_entry" ] || in_folder "$1" "$v_entry"
    elif [ -e "$v_entry" ] || [ -L "$v_entry" ]; then
      "$1" "$v_entry"
    fi
  done
}

count_file() {
  if is_log "$1"; then
    v_files=$((v_files + 1))
    case $1 in *.gz) find_unpacker ;; esac
    # A line each, and nothing that moves a cursor.
    case $1 in
    *[![:print:]]*) printf '%s' "$1" | tr -c '[:print:]' '?' && printf '\n' ;;
    *) printf '%s\n' "$1" ;;
    esac >>"$v_folder/names" || no_room
  else
    v_skipped=$((v_skipped + 1))
  fi
}

# is_log FILE: whether it can have events of the period, by its name: no digest, no Insights, and
# not delivered before the period, since a log file only has events from before its delivery
# (CloudTrail User Guide, "CloudTrail log file name format").
is_log() {
  # A folder comes here if it can't be read; what is in it must not be missed in silence.
  [ ! -d "$1" ] || return 0
  [ -f "$1" ] || return 1
  v_log_name=${1##*/}
  case $v_log_name in
  .* | *_CloudTrail-Digest_* | *_CloudTrail-Insight_*) return 1 ;;
  *.json | *.gz) ;;
  *) return 1 ;;
  esac
  [ -n "$v_since_minute" ] || return 0
  v_log_name=${v_log_name#*_CloudTrail_*_}
  v_log_name=${v_log_name%%_*}
  case $v_log_name in
  [12][0-9][0-9][0-9][01][0-9][0-3][0-9]T[0-2][0-9][0-5][0-9]Z) ;;
  *) return 0 ;;
  esac
  v_log_name=${v_log_name%Z}
  [ "${v_log_name%T*}${v_log_name#*T}" -ge "$v_since_minute" ]
}

find_unpacker() {
  [ -z "$v_unpacker" ] || return 0
  if missing gzip; then
    v_unpacker=gzip
  else
    missing gunzip || die 'gzip or gunzip is required to read packed log files but is not on the PATH'
    v_unpacker=gunzip
  fi
}

unpack() {
  case $v_unpacker in
  gzip) gzip -dc ;;
  *) gunzip -c ;;
  esac
}

# feed_files: prints each file, and behind it \003 and whether it is whole. No file has a \003 in
# it: it would become a question mark.
feed_files() {
  if [ -d "$v_first" ]; then
    v_fed=0
    each_file feed_file
  elif [ "$v_first" = - ]; then
    plain
    printf '\003g'
  else
    feed "$v_first"
  fi
}

feed_file() {
  is_log "$1" || return 0
  v_fed=$((v_fed + 1))
  [ ! -t 2 ] || printf '\rvend: file %s of %s' "$v_fed" "$v_files" >&2
  feed "$1"
}

feed() {
  [ ! -e "$v_folder/torn" ] || rm -f -- "$v_folder/torn"
  if is_packed "$1"; then
    { unpack <"$1" || printf '' >"$v_folder/torn"; } 2>/dev/null | head -c "$LOG_BYTES" | plain
  else
    { cat <"$1" || printf '' >"$v_folder/torn"; } 2>/dev/null | head -c "$LOG_BYTES" | plain
  fi
  if [ -e "$v_folder/torn" ]; then printf '\003b'; else printf '\003g'; fi
}

# is_packed FILE: by its first bytes, unless it is one of many.
is_packed() {
  case $1 in *.gz) return 0 ;; esac
  [ ! -d "$v_first" ] || return 1
  [ "$(od -An -N2 -tx1 <"$1" | tr -d ' \n')" = 1f8b ]
}

plain() {
  tr '\000-\010\013\014\016-\037' '?'
}

# say_unread: the files that could not be read, and those with nothing in them: CloudTrail delivers none.
say_unread() {
  awk '
    NR == FNR { if ($1 != "other") why[$2] = $1 == "empty" ? "is empty, which no log file is," : "could not be read,"; next }
    FNR in why { print why[FNR] " so it was not judged: " $0 }' "$v_folder/status" "$v_folder/names" |
    while IFS= read -r v_line; do
      say "$v_line"
    done
}
