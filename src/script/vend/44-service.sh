# ---------------------------------------------------------------- service

outcome() {
  if [ "$v_curl_exit" = 0 ]; then
    printf 'HTTP %s' "$v_status"
  elif [ "$v_curl_exit" = none ]; then
    printf 'curl ended without a result'
  else
    field error || :
    printf '%s (curl %s)' "${v_value:-no answer}" "$v_curl_exit"
    # The server's certificate is not trusted, or the file of certificates can't be read.
    case $v_curl_exit in
    60 | 77) printf '; vend trusts the certificates of %s: set AWS_CA_BUNDLE to a PEM file with the right ones' "${v_trust:-this system}" ;;
    esac
  fi
}

# call PATH BODY: sends one signed POST to the service and leaves the answer in $v_flat. Prints a
# refusal or failure and ends the script.
call() {
  [ "${#2}" -le "$BODY_BYTES" ] || die "the request is ${#2} bytes; the service takes $BODY_BYTES"
  post "$1" "$2"
}

# post PATH BODY: the same without the limit on the size. A body that begins with @ is read from
# that file.
post() {
  find_endpoint
  find_caller
  v_config=
  option url "$v_endpoint$1"
  option proto "=$v_endpoint_scheme"
  option aws-sigv4 "aws:amz:$v_signing_region:execute-api"
  option user "$v_caller_id:$v_caller_secret"
  [ -z "$v_caller_token" ] || option header "x-amz-security-token: $v_caller_token"
  option header 'Content-Type: application/json'
  option user-agent "vend/$VEND_VERSION"
  option data-binary "$2"
  common_options 5 "$v_timeout"
  [ "$v_endpoint_scheme" != http ] || option noproxy '*'
  v_max_tries=3
  [ -z "$v_download" ] || download_options
  v_route=$1
  note "POST $v_endpoint$1, signed for $v_signing_region by the credentials of: $v_caller_source"
  v_sending_once=$v_once
  send
  unset_caller
  check_answer
  v_sending_once=
  note "HTTP $v_status"
}

common_options() {
  option connect-timeout "$1"
  option max-time "$2"
  option write-out '\nvend %{exitcode} %{http_code} %{errormsg}'
  find_trust
  [ -z "$v_trust" ] || option cacert "$v_trust"
}

# find_trust: the file of certificates to trust, in $v_trust. As in the SDKs, AWS_CA_BUNDLE takes
# precedence over the profile's ca_bundle.
find_trust() {
  [ -z "${v_trust+set}" ] || return 0
  v_trust=${AWS_CA_BUNDLE-}
  [ -z "$v_trust" ] || return 0
  v_trust_profile=${v_as_profile:-${AWS_PROFILE:-${AWS_DEFAULT_PROFILE:-default}}}
  v_files_keys=$NL$(
    section_keys "$(config_file)" "profile $v_trust_profile" 2>/dev/null
    section_keys "$(credentials_file)" "$v_trust_profile" 2>/dev/null
  )$NL
  files_value ca_bundle || return 0
  v_trust=$(at_home "$v_value")
}

unset_caller() {
  v_config=
  [ -z "$v_keep_caller" ] || return 0
  v_caller_secret=
  v_caller_token=
}

check_answer() {
  [ "$v_expected" != any ] || return 0
  [ "$v_curl_exit" != 63 ] || die "the answer of $v_endpoint is larger than $ANSWER_BYTES bytes"
  [ "$v_curl_exit" = 0 ] || {
    say "no answer from $v_endpoint: $(outcome)"
    say_if_open
    exit 1
  }
  field json || :
  case $v_status:$v_type:$v_value in
  # 202: a part of a report, which only download takes.
  200:application/json:ok | 202:application/json:ok) return 0 ;;
  200:application/json:*) die "the answer of $v_endpoint is incomplete or invalid: $v_value" ;;
  200:*) die "the answer of $v_endpoint has the content type ${v_type:-(none)}; is VEND_URL right?" ;;
  3??:*) die "$v_endpoint redirects (HTTP $v_status), and redirects are not followed; is VEND_URL right?" ;;
  [45]??:application/problem+json:ok | [45]??:application/json:ok)
    # The command handles this status itself.
    case " $v_expected " in *" $v_status "*) return 0 ;; esac
    problem
    ;;
  *) say "$v_endpoint answered HTTP $v_status, and the answer is not from the service (content type ${v_type:-(none)})" ;;
  esac
  case $v_status in 401 | 403) say "  called with access key $v_caller_id, from: $v_caller_source" ;; esac
  say_if_open
  exit 1
}

# say_if_open: after a failed request that is sent only once, tells if it may have been carried
# out.
say_if_open() {
  [ -n "$v_sending_once" ] || return 0
  case $v_curl_exit:$v_status in
  0:5??) ! is_retryable || return 0 ;;
  16:* | 18:* | 28:* | 52:* | 55:* | 56:* | 92:*) ;;
  *) return 0 ;;
  esac
  say "  it may have been carried out, so vend did not send it again: $v_sending_once"
}

# problem: prints a problem document (RFC 9457) as text. API Gateway's own errors have only a
# message.
problem() {
  text /title || text /message || :
  fault "$(printf '%.2000s' "${v_value:-the service refused}") (HTTP $v_status)"
  problem_detail
  v_problem_n=0
  while field "/errors/$v_problem_n" && [ "$v_problem_n" -lt 50 ]; do
    text "/errors/$v_problem_n/pointer" || :
    v_problem_where=$(place_words "$v_value")
    text "/errors/$v_problem_n/detail" || :
    server_says "  ${v_problem_where:-(request)}: $v_value"
    case $v_value in 'is unknown; '*) say '    (a service older than this vend does not know it)' ;; esac
    v_problem_n=$((v_problem_n + 1))
  done
  lacks_route && say "  $v_lacks"
  # Questions to the audit leave no record.
  case $v_route in
  /audit/* | /access/* | /mine/*) ;;
  *)
    text /vendId && is_vend_id "$v_value" &&
      say "  vendId $v_value: an administrator or auditor of the service can find the reason with: vend why $v_value"
    ;;
  esac
  [ "$v_tries" = 1 ] || say "  tried $v_tries times"
  return 0
}

# lacks_route: whether the answer says that the service does not have this route, or not for this caller, as
# an older service would; leaves the reason in $v_lacks.
lacks_route() {
  text /code || return 1
  case $v_route:$v_value in
  *:not_signed_or_no_such_route) v_lacks="the request was signed, so there is no $v_route: the service is older than this vend, or VEND_URL is wrong" ;;
  /mine/*:not_found) v_lacks='the vendor has not opened this to clients (parameter ClientView)' ;;
  /mine/*:access_denied) v_lacks="your account's policy must allow execute-api:Invoke on this route, and the vendor must have opened it (parameter ClientView)" ;;
  /roles:access_denied) v_lacks='a service older than this vend lets callers ask this, but not administrators and auditors' ;;
  *) return 1 ;;
  esac
}

# problem_detail: prints the service's advice; vend-admin gives its own commands instead.
problem_detail() {
  text /detail && server_says "  $v_value"
}

# place_words POINTER: names a member of the request; vend-admin names the option instead.
place_words() {
  printf '%s' "$1"
}

server_says() {
  printf 'vend: %.2000s\n' "$1" >&2
}
