# ---------------------------------------------------------------- what comes as it is

# download PATH BODY: calls, and leaves the answer in $v_folder/body, whatever its form; the
# cursor of the next page in $v_cursor.
download() {
  # To find the caller can take requests of its own, whose answers go another way.
  find_endpoint
  find_caller
  v_transfer=transfer_file
  v_download=yes
  post "$1" "$2"
  v_transfer=transfer
  v_download=
}

download_options() {
  option dump-header "$v_folder/head"
  # Apart from the answer, which may be anything.
  option write-out '%{stderr}vend %{exitcode} %{http_code} %{errormsg}\n'
}

# @awk head-reader

# head cuts, as in transfer: an answer of unknown length could fill the disk.
transfer_file() {
  v_flat=
  v_named=
  rm -f -- "$v_folder/body" "$v_folder/head"
  : >"$v_folder/head"
  v_words=$(
    exec 8>&-
    {
      printf '%s' "$v_config" | awk -F "$TAB" "$CURL_QUOTER" |
        watched run_curl --http1.1 --max-filesize "$DOWNLOAD_BYTES" |
        head -c "$DOWNLOAD_BYTES" | cat >"$v_folder/body" || printf '\nfull\n'
    } 2>&1 | tail -n 1 | head -c 1024 | tr -d '\000-\011\013-\037\177'
  )
  [ "$(wc -c <"$v_folder/body")" -lt "$DOWNLOAD_BYTES" ] ||
    die "the answer of $v_endpoint is larger than $DOWNLOAD_BYTES bytes"
  case $v_words in
  'vend 23 '* | full) no_room ;;
  'vend '[0-9]*' '[0-9]*) ;;
  *) no_curl ;;
  esac
  v_words=${v_words#vend }
  v_curl_exit=${v_words%% *}
  v_words=${v_words#* }
  v_status=${v_words%% *}
  v_flat="${NL}error=${v_words#* }$NL$(awk "$HEAD_READER" "$v_folder/head")$NL"
  [ "$v_status" = 200 ] || v_flat="$v_flat$(head -c "$ANSWER_BYTES" "$v_folder/body" | read_json)$NL"
  named_values
  field type || :
  v_type=$v_value
  if [ "$v_status" = 200 ]; then
    # Of another form than JSON, it is whole when curl says so.
    v_flat="${v_flat}json=ok$NL"
    case $v_type in text/csv | text/plain | text/html | application/jsonl | application/json) v_type=application/json ;; esac
    field cursor || :
    v_cursor=$v_value
    case $v_cursor in *\?*) die 'the answer has a cursor that is none' ;; esac
    named_values
  fi
}

# @awk plain-reader
