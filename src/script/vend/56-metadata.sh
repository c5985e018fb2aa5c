# ---------------------------------------------------------------- caller: metadata services

from_container() {
  if [ -n "${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI-}" ]; then
    v_container_url=http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  elif [ -n "${AWS_CONTAINER_CREDENTIALS_FULL_URI-}" ]; then
    v_container_url=$AWS_CONTAINER_CREDENTIALS_FULL_URI
  else
    v_tried="$v_tried${NL}  container endpoint: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set"
    return 1
  fi
  parse_container_url ||
    die 'the SDKs would not accept the URL of the container endpoint: it must be https, or http to' \
      'this machine or to 169.254.170.2, 169.254.170.23, [fd00:ec2::23]'
  if [ -n "${AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE-}" ]; then
    need cat
    v_container_token=$(cat -- "$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") ||
      die "can't read AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
  fi
  only_text "$v_container_token" || die 'the token for the container endpoint has control characters in it'
  v_config=
  option url "$v_container_url"
  option proto "=$v_url_scheme"
  [ -z "$v_container_token" ] || option header "Authorization: $v_container_token"
  common_options 2 5
  [ "$v_url_scheme" != http ] || option noproxy '*'
  v_max_tries=3
  send_metadata
  v_config=
  take_metadata 'container endpoint' && return 0
  # The variable was set deliberately, so never fall back to another identity.
  no_caller
}

# Unlike the URL of the service, this one may have a query.
parse_container_url() {
  case $v_container_url in *[!!-~]* | *[\"\\#@]*) return 1 ;; esac
  v_container_path=${v_container_url#*://}
  case $v_container_path in */*) v_container_path=/${v_container_path#*/} ;; *) v_container_path= ;; esac
  parse_url "${v_container_url%"$v_container_path"}" || return 1
  [ "$v_url_scheme" = http ] || return 0
  case $v_url_host in
  169.254.170.2 | 169.254.170.23 | '[fd00:ec2::23]') return 0 ;;
  esac
  is_loopback "$v_url_host"
}

# send_metadata: the service's answer comes later, so $v_expected is restored. Without an answer,
# the list of what was tried says more than that curl failed.
send_metadata() {
  v_expected_later=$v_expected
  v_expected=any
  send
  v_expected=$v_expected_later
}

# take_metadata SOURCE: takes the caller from the answer of a metadata service.
take_metadata() {
  field json || :
  if [ "$v_curl_exit:$v_status:$v_value" = 0:200:ok ] && take_caller "$1" Token; then
    return 0
  fi
  v_tried="$v_tried${NL}  $1: $(outcome)"
  [ "$v_status" != 200 ] || v_tried="$v_tried, without credentials"
  return 1
}

from_instance() {
  case ${AWS_EC2_METADATA_DISABLED-} in
  [Tt][Rr][Uu][Ee])
    v_tried="$v_tried${NL}  instance metadata: switched off by AWS_EC2_METADATA_DISABLED"
    return 1
    ;;
  esac
  case ${AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE-} in
  [Ii][Pp][Vv]6) v_instance_url='http://[fd00:ec2::254]' ;;
  *) v_instance_url=http://169.254.169.254 ;;
  esac
  v_instance_url=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-$v_instance_url}
  parse_url "$v_instance_url" || die 'AWS_EC2_METADATA_SERVICE_ENDPOINT must have the form http://HOST[:PORT]'
  v_instance_url=$v_url_base/latest
  instance_get PUT /api/token 'X-aws-ec2-metadata-token-ttl-seconds: 300' || return 1
  v_instance_token=$v_value
  instance_get GET /meta-data/iam/security-credentials/ "X-aws-ec2-metadata-token: $v_instance_token" || return 1
  v_instance_role=$v_value
  case $v_instance_role in
  '' | *[!A-Za-z0-9+=,.@_-]*)
    v_tried="$v_tried${NL}  instance metadata: the instance has no role"
    return 1
    ;;
  esac
  instance_request GET "/meta-data/iam/security-credentials/$v_instance_role" "X-aws-ec2-metadata-token: $v_instance_token"
  send_metadata
  take_metadata 'instance metadata'
}

# One second to connect: outside EC2 nothing answers, and callers should not wait for that.
instance_request() {
  v_config=
  option url "$v_instance_url$2"
  option proto "=http,https"
  option noproxy '*'
  option request "$1"
  option header "$3"
  common_options 1 3
  v_max_tries=1
}

# instance_get METHOD PATH HEADER: leaves the first line of the answer in $v_value.
instance_get() {
  instance_request "$@"
  v_want_line=1
  send_metadata
  v_want_line=0
  [ "$v_curl_exit:$v_status" = 0:200 ] && text '' || {
    v_tried="$v_tried${NL}  instance metadata: $(outcome)"
    [ "$v_curl_exit:$v_status" != 0:200 ] || v_tried="$v_tried, without content"
    v_tried="$v_tried ($v_url_base)"
    return 1
  }
}
