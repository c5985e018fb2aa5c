# ---------------------------------------------------------------- download

# A response of Lambda has at most 6 MB.
DOWNLOAD_BYTES=8388608

# download PATH BODY: calls the service and leaves the answer of any format in $v_folder/body, and
# the cursor of the next page in $v_cursor.
download() {
  # Finding the caller may take requests of its own, whose answers are read by transfer.
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
  # To standard error, because the answer can be anything.
  option write-out '%{stderr}vend %{exitcode} %{http_code} %{errormsg}\n'
}

# @awk head-reader

# head limits the size, as in transfer: an answer of unknown length could fill the disk.
transfer_file() {
  v_flat=
  v_named=
  rm -f -- "$v_folder/body" "$v_folder/head"
  into "$v_folder/head" :
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
  [ "$v_status" = 200 ] || [ "$v_status" = 202 ] || v_flat="$v_flat$(head -c "$ANSWER_BYTES" "$v_folder/body" | read_json)$NL"
  named_values
  field type || :
  v_type=$v_value
  if [ "$v_status" = 200 ] || [ "$v_status" = 202 ]; then
    # In a format other than JSON, the answer is complete if curl says so.
    v_flat="${v_flat}json=ok$NL"
    case $v_type in text/csv | text/plain | text/html | application/jsonl | application/json) v_type=application/json ;; esac
    field cursor || :
    v_cursor=$v_value
    case $v_cursor in *\?*) die 'the cursor in the answer is invalid' ;; esac
    named_values
  fi
}

# @awk plain-reader
