# ---------------------------------------------------------------- HTTP

# option NAME VALUE: one more line for curl's config. A value with a line break would
# be an option of its own, so none passes.
option() {
  only_text "$2" || die "a value for $1 has control characters in it"
  v_config=$v_config$1$TAB$2$NL
}

only_text() {
  case $1 in *[[:cntrl:]]*) return 1 ;; esac
}

# @awk curl-quoter

# run_curl OPTION...: with its config on standard input. -q: no ~/.curlrc. No redirect is
# followed: it would carry the session token elsewhere. SSLKEYLOGFILE and QLOGDIR would have
# curl write down the keys of the connection, and with them whoever recorded it could read it.
# Takes the place of a subshell, as run_aws does: a signal to that has to reach curl.
run_curl() {
  unset SSLKEYLOGFILE QLOGDIR
  exec curl -q -g -s --max-redirs 0 "$@" -K -
}

# transfer: sends what $v_config says and leaves the answer in $v_flat. The config goes in
# by a pipe, for it holds the secret key. max-filesize doesn't hold for answers of unknown
# length, so head cuts.
transfer() {
  v_flat=$NL$(
    exec 8>&-
    printf '%s' "$v_config" | awk -F "$TAB" "$CURL_QUOTER" |
      watched run_curl -i --http1.1 --suppress-connect-headers --max-filesize "$ANSWER_BYTES" 2>/dev/null |
      head -c "$CUT_BYTES" |
      read_json -v http=1 -v compact="$v_want_compact" -v split_at="$v_want_split" -v columns="$v_want_columns" -v one_line="$v_want_line"
  )$NL
  named_values
  field curl || v_value=none
  v_curl_exit=$v_value
  field status || v_value=0
  v_status=$v_value
  field type || :
  v_type=$v_value
  [ "$v_curl_exit" != none ] || [ "$v_expected" = any ] || no_curl
}

# no_curl: nothing was behind the answer that curl writes there, so it was cut, or curl is
# not the one that is needed.
no_curl() {
  field size || :
  ! is_number "$v_value" || [ "$v_value" -lt "$CUT_BYTES" ] || die "the answer is larger than $ANSWER_BYTES bytes"
  need_new_curl
  die 'curl ended without a result: it was killed, or it can not run here'
}

# need_new_curl: 7.75 is the first that signs (aws-sigv4) and says how it ended (exitcode).
need_new_curl() {
  need curl
  v_curl_version=$(
    curl -q --version 2>/dev/null |
      awk 'NR == 1 && $1 == "curl" { split($2, n, "."); if (n[1] + 0 < 7 || n[1] + 0 == 7 && n[2] + 0 < 75) print $2 }' |
      tr -dc '0-9A-Za-z.-'
  )
  [ -z "$v_curl_version" ] || die "curl here is $v_curl_version, and vend needs 7.75 or later"
}

# send: transfer, at most three times, when trying again can help: nothing came, or
# is_retryable. Jitter, so that a hundred builds that failed together don't come back
# together. While $v_sending_once is set, not if the other side may have done it already.
send() {
  v_tries=1
  while :; do
    mortal "$v_transfer"
    case $v_curl_exit:$v_status in
    0:*) is_retryable || return 0 ;;
    # No such host, no connection, TLS handshake: nothing was sent.
    [5-7]:* | 35:*) ;;
    # A partial answer, timeout, nothing, send and receive errors.
    16:* | 18:* | 28:* | 52:* | 55:* | 56:* | 92:*) [ -z "$v_sending_once" ] || return 0 ;;
    # Among others: a bad certificate, an answer too large.
    *) return 0 ;;
    esac
    [ "$v_tries" -lt "$v_max_tries" ] || return 0
    if asks_too_long; then
      say "$(outcome), and it asks to wait $v_asked s: longer than VEND_RETRY_SECONDS ($v_retry_seconds), so it is not tried again"
      return 0
    fi
    pause
    v_tries=$((v_tries + 1))
  done
}

# is_retryable: whether the same request can succeed later. The service says so. API Gateway's
# own answers don't, and of the others only those by which a server calls itself busy or broken
# can pass: a 502 with STS's reason is permanent.
is_retryable() {
  case $v_status in 429 | 500 | 502 | 503 | 504) ;; *) return 1 ;; esac
  if field /retryable && [ "$v_kind" = b ]; then
    [ "$v_value" = true ]
    return
  fi
  # Only throttling is certain to come before the service.
  [ -z "$v_sending_once" ] || [ "$v_status" = 429 ] || return 1
  ! text /code || case $v_status:$v_value in 502:sts_*) return 1 ;; esac
}

# asks_too_long: whether the other side names a wait, in $v_asked, that is longer than any
# pause here: to come back earlier would only add to its load.
asks_too_long() {
  field retry || :
  v_asked=$v_value
  while :; do
    case $v_asked in 0?*) v_asked=${v_asked#0} ;; *) break ;; esac
  done
  is_number "$v_asked" || v_asked=0
  [ "$v_asked" -gt "$v_retry_seconds" ]
}

# pause: by lot, and growing, on top of what the other side asks for.
pause() {
  need sleep
  v_pause_random=$(od -An -N2 -tu2 /dev/urandom 2>/dev/null) || v_pause_random=$$
  v_pause_seconds=$((1 + v_pause_random % (2 * v_tries)))
  [ "$v_pause_seconds" -le "$v_retry_seconds" ] || v_pause_seconds=$v_retry_seconds
  v_pause_seconds=$((v_asked + v_pause_seconds))
  note "try $v_tries of $v_max_tries: $(outcome); again in $v_pause_seconds s"
  [ "$v_pause_seconds" = 0 ] || rest "$v_pause_seconds"
}
