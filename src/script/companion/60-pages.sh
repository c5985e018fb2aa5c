# ---------------------------------------------------------------- pages

# print_pages PATH MEMBERS MOST NAME: prints the pages of a list in $v_format: the first one that
# has rows, or all of them if $v_all is set. NAME is what the rows are: records, grants. Leaves their
# count in $v_printed and the cursor of the next page, if any, in $v_cursor.
print_pages() {
  # --all asks for the largest pages.
  [ -z "$v_all" ] || v_limit=$3
  v_page_name=$4
  v_printed=0
  v_cursor=
  while :; do
    download "$1" "{$2\"limit\":${v_limit:-100},${v_cursor:+\"cursor\":\"$v_cursor\",}\"format\":\"$(page_format)\"}"
    print_page || no_output
    [ -n "$v_cursor" ] || break
    # A page may be empty and still not be the last: the service limits what one call reads.
    [ -n "$v_all" ] || [ "$v_printed" = 0 ] || break
    page_progress
  done
  end_page_progress
  [ "$v_format" != json ] || {
    [ "$v_printed" -gt 0 ] || printf '{"%s":[' "$v_page_name"
    printf ']}\n'
  } || no_output
  [ -z "$v_cursor" ] || say 'there are more: --all shows the rest'
}

# page_format: JSON is built here from JSON lines, so that many pages are one document.
page_format() {
  case $v_format in json) printf jsonl ;; *) printf '%s' "$v_format" ;; esac
}

print_page() {
  # CSV and tables begin with a line of names, which is printed once.
  v_page_head=0
  case $v_format in csv | table) v_page_head=1 ;; esac
  v_page_lines=$(awk 'END { print NR }' "$v_folder/body")
  [ "$v_page_lines" -gt "$v_page_head" ] || return 0
  v_page_from=1
  [ "$v_printed" = 0 ] || v_page_from=$((1 + v_page_head))
  tail -n "+$v_page_from" "$v_folder/body" |
    case $v_format in
    table) awk "$PLAIN_READER$UTF8_READER" ;;
    json) awk -v printed="$v_printed" -v name="$v_page_name" '{ print (NR + printed > 1 ? "," : "{\"" name "\":[") $0 }' ;;
    *) cat ;;
    esac | cat || return
  v_printed=$((v_printed + v_page_lines - v_page_head))
}

# page_progress: on one line of a terminal, otherwise every ten thousand rows.
page_progress() {
  if [ -t 2 ]; then
    printf '\rvend: %s %s' "$v_printed" "$v_page_name" >&2
    v_progress=yes
  elif [ "$((v_printed / 10000))" -gt "${v_progress:-0}" ]; then
    v_progress=$((v_printed / 10000))
    say "$v_printed $v_page_name"
  fi
}

end_page_progress() {
  [ ! -t 2 ] || [ -z "${v_progress-}" ] || printf '\n' >&2
}

# next_page: whether there is a next page; leaves its cursor in $v_cursor.
next_page() {
  text /cursor || return 1
  v_cursor=$v_value
  case $v_cursor in *[!A-Za-z0-9_.-]*) die 'the cursor in the answer is invalid' ;; esac
}

# say_vending: that nothing is vended, whatever the rows say; from the last answer.
say_vending() {
  text /vending || return 0
  case $v_value in
  stopped) say 'all vending is stopped: vend start resumes it' ;;
  corrupt) say "the switch of all vending can't be read, so nothing is vended: an operator must repair its row (docs/operations.md)" ;;
  esac
}

# list_table PATH MEMBERS READER HEADS CAPS: prints all pages as one sorted table, with a row for
# each line that READER prints. A column is as wide as its widest cell up to CAPS; a longer cell
# only shifts the rest of its own line, and nothing is cut.
list_table() {
  [ -n "$v_folder" ] || make_folder
  into "$v_folder/rows" :
  into "$v_folder/corrupt" :
  v_cursor=
  while :; do
    call "$1" "{$2${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    printf '%s' "$v_flat" | onto "$v_folder/rows" awk "$3" || exit 1
    printf '%s' "$v_flat" | onto "$v_folder/corrupt" awk "$CORRUPT_ROWS" || exit 1
    next_page || break
    [ ! -t 2 ] || printf '\rvend: %s rows' "$(awk 'END { print NR }' "$v_folder/rows")" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
  say_vending
  into "$v_folder/sorted" sort "$v_folder/rows"
  into "$v_folder/table" awk -v HEADS="$4" -v CAPS="$5" "$TABLE_WRITER" "$v_folder/sorted" "$v_folder/sorted"
  cat "$v_folder/table" "$v_folder/corrupt" || no_output
}

# @awk table-writer

# @awk use-words

# @awk corrupt-rows
