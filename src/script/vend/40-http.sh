# ---------------------------------------------------------------- HTTP

# option NAME VALUE: adds a line to the config for curl. A line break in a value would start
# another option, so control characters are rejected.
option() {
  only_text "$2" || die "a value for $1 has control characters in it"
  v_config=$v_config$1$TAB$2$NL
}

only_text() {
  case $1 in *[[:cntrl:]]*) return 1 ;; esac
}

# @awk curl-quoter

# run_curl OPTION...: runs curl with its config from standard input. -q: no ~/.curlrc. No
# redirects: they would carry the session token elsewhere. SSLKEYLOGFILE and QLOGDIR would make
# curl write down the keys of the connection, with which a recording of it could be decrypted.
# exec, as in run_aws: a signal to the subshell must reach curl.
run_curl() {
  unset SSLKEYLOGFILE QLOGDIR
  exec curl -q -g -s --max-redirs 0 "$@" -K -
}

# transfer: sends the request in $v_config and leaves the answer in $v_flat. The config goes
# through a pipe, because it holds the secret key. head limits the size too: max-filesize does not
# apply to an answer of unknown length.
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

# no_curl: the line that curl writes after the answer is missing: the answer was cut, or this curl
# is too old.
no_curl() {
  field size || :
  ! is_number "$v_value" || [ "$v_value" -lt "$CUT_BYTES" ] || die "the answer is larger than $ANSWER_BYTES bytes"
  need_new_curl
  die "curl ended without a result: it was killed, or can't run here"
}

# need_new_curl: 7.75 is the first version that signs requests (aws-sigv4) and reports its exit
# code (exitcode).
need_new_curl() {
  need curl
  v_curl_version=$(
    curl -q --version 2>/dev/null |
      awk 'NR == 1 && $1 == "curl" { split($2, n, "."); if (n[1] + 0 < 7 || n[1] + 0 == 7 && n[2] + 0 < 75) print $2 }' |
      tr -dc '0-9A-Za-z.-'
  )
  [ -z "$v_curl_version" ] || die "this is curl $v_curl_version, and vend needs 7.75 or later"
}

# send: tries the transfer up to $v_max_tries times if another try can help: without an answer, or
# if is_retryable. Pauses have jitter, so that a hundred builds that failed together do not come
# back together. While $v_sending_once is set, there is no other try if the request may have been
# carried out.
send() {
  v_tries=1
  v_start_left=$v_start_seconds
  while :; do
    mortal "$v_transfer"
    case $v_curl_exit:$v_status in
    0:*) is_retryable || return 0 ;;
    # No such host, no connection, or the TLS handshake failed: nothing was sent.
    [5-7]:* | 35:*) ;;
    # A partial answer, a timeout, no answer, send and receive errors.
    16:* | 18:* | 28:* | 52:* | 55:* | 56:* | 92:*) [ -z "$v_sending_once" ] || return 0 ;;
    # For example an invalid certificate, or an answer that is too large.
    *) return 0 ;;
    esac
    if [ "$v_tries" -ge "$v_max_tries" ]; then
      is_starting && wait_for_start || return 0
      v_tries=$((v_tries + 1))
      continue
    fi
    if asks_too_long; then
      say "$(outcome), and the server asks for a wait of $v_asked s, longer than VEND_RETRY_SECONDS ($v_retry_seconds), so vend does not retry"
      return 0
    fi
    pause
    v_tries=$((v_tries + 1))
  done
}

# is_retryable: whether the same request can succeed later. The service says so in its answer. An
# answer of API Gateway itself does not; it is retried if its status means busy or broken. A 502
# with a reason from STS is permanent.
is_retryable() {
  case $v_status in 429 | 500 | 502 | 503 | 504) ;; *) return 1 ;; esac
  if field /retryable && [ "$v_kind" = b ]; then
    [ "$v_value" = true ]
    return
  fi
  # Only throttling is certain to happen before the service runs.
  [ -z "$v_sending_once" ] || [ "$v_status" = 429 ] || return 1
  ! text /code || case $v_status:$v_value in 502:sts_*) return 1 ;; esac
}

# is_starting: whether Lambda refused to run the function. It does so for up to three minutes while it
# makes the function's snapshot again, which it deletes after two weeks without a call. API Gateway
# then answers a 500 of its own; if the function itself fails, a 502 (Lambda Developer Guide,
# "Handling Lambda errors with an API Gateway API").
is_starting() {
  [ "$v_curl_exit:$v_status" = 0:500 ] && ! field /retryable && text /code && [ "$v_value" = failed ]
}

# wait_for_start: waits a little, up to VEND_START_SECONDS in all.
wait_for_start() {
  [ "$v_start_left" -gt 0 ] || return 1
  need sleep
  [ "$v_start_left" != "$v_start_seconds" ] ||
    say "the service does not run yet (HTTP 500); after a quiet time, Lambda needs up to three minutes to start it. vend tries for $v_start_seconds s"
  v_start_nap=15
  [ "$v_start_nap" -le "$v_start_left" ] || v_start_nap=$v_start_left
  v_start_left=$((v_start_left - v_start_nap))
  rest "$v_start_nap"
}

# asks_too_long: whether the server asks for a wait, in $v_asked, that is longer than any pause
# here. Coming back earlier would only add to its load.
asks_too_long() {
  field retry || :
  v_asked=$v_value
  while :; do
    case $v_asked in 0?*) v_asked=${v_asked#0} ;; *) break ;; esac
  done
  is_number "$v_asked" || v_asked=0
  [ "$v_asked" -gt "$v_retry_seconds" ]
}

# pause: waits as long as the server asks, plus a random time that grows with each try.
pause() {
  need sleep
  v_pause_random=$(od -An -N2 -tu2 /dev/urandom 2>/dev/null) || v_pause_random=$$
  v_pause_seconds=$((1 + v_pause_random % (2 * v_tries)))
  [ "$v_pause_seconds" -le "$v_retry_seconds" ] || v_pause_seconds=$v_retry_seconds
  v_pause_seconds=$((v_asked + v_pause_seconds))
  note "try $v_tries of $v_max_tries: $(outcome); again in $v_pause_seconds s"
  [ "$v_pause_seconds" = 0 ] || rest "$v_pause_seconds"
}
